using System.Runtime.InteropServices;
using ResNet.Imaging;
using ResNet.Layers;
using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// What a network sees in each of many pictures: the averaged last map that its classifier judges, one row a picture. Pictures that look alike to the
/// network have rows of a similar direction.
/// </summary>
/// <remarks>It holds 4 bytes a number: 50,000 pictures by a ResNet-50 (2,048 features) take 410 MB, by a CIFAR network 13 MB.</remarks>
public sealed partial class FeatureTable
{
    private readonly float[] _values;

    /// <summary>Takes rows that are there already; nothing is copied.</summary>
    /// <param name="names">What each picture is called.</param>
    /// <param name="classes">The class of each picture; null where it has none.</param>
    /// <param name="values">The features, row by row.</param>
    /// <param name="featureCount">Numbers of a row, 1 or more.</param>
    /// <param name="faults">Pictures that could not be read. Default: null, none.</param>
    /// <exception cref="ArgumentException">The counts do not fit each other.</exception>
    public FeatureTable(IReadOnlyList<string> names, IReadOnlyList<string?> classes, float[] values, int featureCount, IReadOnlyList<DataFault>? faults = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        if (classes.Count != names.Count || values.Length != (long)names.Count * featureCount)
        {
            throw new ArgumentException(
                Invariant($"There are {names.Count} names, {classes.Count} classes and {values.Length} numbers; {names.Count} rows of {featureCount} take as many classes ")
                + Invariant($"and {(long)names.Count * featureCount} numbers."),
                nameof(values));
        }

        Names = names;
        Classes = classes;
        FeatureCount = featureCount;
        Faults = faults ?? [];
        _values = values;
    }

    /// <summary>What each picture is called, in the data set's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The class of each picture; null where it has none.</summary>
    public IReadOnlyList<string?> Classes { get; }

    /// <summary>How many pictures there are.</summary>
    public int Count => Names.Count;

    /// <summary>Numbers of a row: <see cref="ResNetModel.FeatureCount"/>.</summary>
    public int FeatureCount { get; }

    /// <summary>The pictures that could not be read; they have no row.</summary>
    public IReadOnlyList<DataFault> Faults { get; }

    /// <summary>Sends pictures through a network. It runs in evaluation mode and is left in the modes in which it was found.</summary>
    /// <param name="model">The network; pictures go to the device it is on.</param>
    /// <param name="dataset">The pictures. Those of a <see cref="PictureFolder"/> need no classes.</param>
    /// <param name="preprocessing">How a picture becomes the network's input; the centre crop is taken.</param>
    /// <param name="batchSize">Pictures at once, 1 or more; it changes the numbers by rounding only. Default: 64.</param>
    /// <param name="workerCount">Threads that read pictures, 1 to 256. Default: null, the number of processors, but at most 8.</param>
    /// <param name="progress">Hears after every batch which share is done, 0 to 1. Default: null, nobody does.</param>
    /// <param name="cancellationToken">Stops it between two batches.</param>
    /// <returns>One row for each picture that can be read, in the data set's order.</returns>
    /// <exception cref="ArgumentException">The features of all pictures together do not fit an array; take fewer pictures.</exception>
    /// <exception cref="DatasetException">The data set is empty, or none of its pictures can be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FeatureTable Extract(
        ResNetModel model,
        IImageDataset dataset,
        Preprocessing preprocessing,
        int batchSize = 64,
        int? workerCount = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ClassCounts.EnsureTakesPictures(model);
        batchSize = model.Options.BatchSizeFor(batchSize, preprocessing.CropSize);
        var loading = new LoaderOptions { BatchSize = batchSize, Preprocessing = preprocessing };
        loading = loading with { WorkerCount = workerCount ?? loading.WorkerCount };
        var loader = new BatchLoader(dataset, loading, model.parameters().First().device);
        float[] values = Room(dataset.Count, model.FeatureCount);
        List<int> indices = [];
        using var evaluation = new EvaluationMode(model);
        int seen = 0;
        foreach (var batch in loader.Epoch(0, cancellationToken))
        {
            using (batch)
            {
                CopyFeatures(model, batch, values.AsSpan(indices.Count * model.FeatureCount));
                indices.AddRange(batch.Indices);
            }

            seen = Math.Min(seen + batchSize, dataset.Count);
            progress?.Report((double)seen / dataset.Count);
        }

        Array.Resize(ref values, indices.Count * model.FeatureCount);
        return new FeatureTable(
            indices.ConvertAll(dataset.NameOf), indices.ConvertAll(index => ClassOf(dataset, index)), values, model.FeatureCount, loader.Faults);
    }

    /// <summary>The features of one picture.</summary>
    /// <param name="index">Its row, 0 to <see cref="Count"/> - 1.</param>
    /// <returns><see cref="FeatureCount"/> numbers; a view, not a copy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlyMemory<float> Row(int index)
    {
        DatasetIndex.Check(index, Count);
        return _values.AsMemory(index * FeatureCount, FeatureCount);
    }

    private static string? ClassOf(IImageDataset dataset, int index) =>
        dataset is PictureFolder folder ? folder.ClassOf(index) : dataset.Labels[dataset.LabelOf(index)];

    private static void CopyFeatures(ResNetModel model, Batch batch, Span<float> target)
    {
        using var inference = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var features = model.ForwardFeatures(batch.Images).to(torch.float32).cpu().contiguous();
        MemoryMarshal.Cast<byte, float>(features.bytes).CopyTo(target);
    }

    private static float[] Room(int count, int width)
    {
        long length = (long)count * width;
        return length <= Array.MaxLength
            ? new float[length]
            : throw new ArgumentException(Invariant($"{count} pictures of {width} features make {length} numbers, but at most {Array.MaxLength} fit; take fewer pictures."), nameof(count));
    }
}
