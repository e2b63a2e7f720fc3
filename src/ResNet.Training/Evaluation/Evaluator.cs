using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Layers;
using TorchSharp;

namespace ResNet.Training;

/// <summary>
/// Tests a network as the paper does (3.4): on the centre crop of every picture, on ten crops, or on whole pictures at several scales.
/// </summary>
/// <remarks>
/// <para>Each picture is decoded once and resized once for each scale, however many views are made of it. Scores are averaged in float64. Neither
/// the batch size nor the number of workers nor the order of the pictures changes a number, beyond rounding.</para>
/// <para>A class of which the data set holds no picture is allowed, since parts of a data set keep the classes of the whole (<see cref="Subset"/>);
/// it counts for nothing.</para>
/// </remarks>
public static class Evaluator
{
    /// <summary>
    /// Evaluates a network. It runs in evaluation mode, and every part of it is left in the mode in which it was found. Tensors are made on the
    /// calling thread and all disposed.
    /// </summary>
    /// <param name="model">The network; pictures go to the device it is on.</param>
    /// <param name="dataset">The pictures with their labels.</param>
    /// <param name="preprocessing">How a picture becomes the network's input.</param>
    /// <param name="options">Which views of a picture the network sees. Default: null, the defaults of <see cref="EvaluationOptions"/>.</param>
    /// <param name="progress">Told after every batch. Default: null, nobody.</param>
    /// <param name="cancellationToken">Ends the evaluation, at the latest after the forward that is running.</param>
    /// <returns>Errors and loss over all pictures that can be read.</returns>
    /// <exception cref="ArgumentException">The data set has other classes than the network, or the network does not take three channels.</exception>
    /// <exception cref="InvalidOptionsException">The options cannot be used; the message lists every fault. Or no picture of <see cref="EngineOptions.CalibrationFolder"/> can be read.</exception>
    /// <exception cref="DatasetException">The data set is empty, none of its pictures can be read, or one is smaller than the crop where nothing resizes
    /// it. That is found out before the work where the data set tells sizes (<see cref="ISizedDataset"/>), else when the picture is read.</exception>
    /// <exception cref="NotSupportedException">The options demand a compiled network, but there is none that computes what the model does.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EvaluationReport Evaluate(
        ResNetModel model,
        IImageDataset dataset,
        Preprocessing preprocessing,
        EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(preprocessing);
        options ??= new EvaluationOptions();
        var runner = new Lazy<NetworkRunner>(() => RunnerOf(model, preprocessing, options, cancellationToken));
        try
        {
            return Evaluate(model, runner, dataset, preprocessing, options, progress, cancellationToken);
        }
        finally
        {
            if (runner.IsValueCreated)
            {
                runner.Value.Dispose();
            }
        }
    }

    /// <summary>What whole views go through; the caller disposes it.</summary>
    internal static NetworkRunner RunnerOf(ResNetModel model, Preprocessing preprocessing, EvaluationOptions options, CancellationToken cancellationToken) =>
        NetworkRunner.Of(model, preprocessing, options.FullyConvolutional ? EngineOptions.Eager : options.Engine, cancellationToken);

    /// <summary>The same with what the network runs on, which is made once all checks are passed and stays the caller's.</summary>
    internal static EvaluationReport Evaluate(
        ResNetModel model,
        Lazy<NetworkRunner> runner,
        IImageDataset dataset,
        Preprocessing preprocessing,
        EvaluationOptions options,
        IProgress<EvaluationProgress>? progress,
        CancellationToken cancellationToken)
    {
        options.EnsureValid(preprocessing);
        EnsureFits(model, dataset);
        cancellationToken.ThrowIfCancellationRequested();
        var plan = new EvaluationPlan(model.Options, preprocessing, options);
        int batchSize = plan.PicturesPerBatch(SmallPictures.Check(dataset, plan, cancellationToken));
        int batchCount = (int)(((long)dataset.Count + batchSize - 1) / batchSize);
        var order = new ReadingOrder([.. Enumerable.Range(0, dataset.Count)], batchSize, FirstBatch: 0, batchCount, options.WorkerCount);
        using var evaluation = new EvaluationMode(model);
        return Evaluate(model, runner.Value, dataset, plan, order, progress, cancellationToken);
    }

    private static EvaluationReport Evaluate(
        ResNetModel model,
        NetworkRunner runner,
        IImageDataset dataset,
        EvaluationPlan plan,
        ReadingOrder order,
        IProgress<EvaluationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var scores = new ScoreCounter(dataset);
        var scorer = new ViewScorer(model, runner, plan);
        var reader = new PictureReader(dataset, plan.ViewCount);
        using var inference = torch.inference_mode();
        using var reading = reader.Start(order, new ViewPreparation(dataset, plan), cancellationToken);
        while (reading.Next() is { } pictures)
        {
            using var scope = torch.NewDisposeScope();
            scores.Add(scorer.Score(pictures, cancellationToken), torch.tensor(pictures.Labels(), dtype: torch.int64, device: torch.CPU), pictures.Indices());
            progress?.Report(new EvaluationProgress(scores.Images, dataset.Count, scores.Top1Error));
        }

        return scores.ToReport(reader.Faults, plan.Preprocessing, plan.Options, runner.Report, plan.ViewCount);
    }

    private static void EnsureFits(ResNetModel model, IImageDataset dataset)
    {
        ClassCounts.EnsureEqual(model, dataset);
        ClassCounts.EnsureTakesPictures(model);
        if (dataset.Count == 0)
        {
            throw new DatasetException("The data set holds no pictures, so there is nothing to evaluate on.");
        }
    }
}
