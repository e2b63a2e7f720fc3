using ResNet.Downloading;
using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>The pictures of a run: to learn from, to choose the best weights by, and to test with once at the end.</summary>
internal sealed record TrainingData(string Name, IImageDataset Train, IImageDataset? Validation, IImageDataset Test, IReadOnlyList<DataFault> Faults)
{
    public const string BuiltIn = "shapes";
    public const string Published = "cifar10";
    private const int BuiltInSize = 32;
    private static readonly string[] BinaryFiles = ["data_batch_1.bin", Path.Combine("cifar-10-batches-bin", "data_batch_1.bin")];

    public bool IsBuiltIn => Name == BuiltIn;

    /// <summary>What a run notes of <c>--data</c>: a folder by its whole path, since a run may go on from another one.</summary>
    public static string Place(string source) => source is BuiltIn or Published ? source : Path.GetFullPath(source);

    /// <summary>Opens pictures.</summary>
    /// <param name="source">
    /// <c>shapes</c>; <c>cifar10</c>, which is fetched once; its binary files or their archive; or a folder of class folders, with or without
    /// <c>train</c> and <c>test</c>, and <c>val</c>, above them.
    /// </param>
    /// <param name="validationShare">Share of the training pictures held out for validation; 0 holds out none.</param>
    /// <param name="seed">Draws the split, and the built-in pictures.</param>
    /// <param name="folders">Which folders of a folder's parts are what, and its classes where they are known.</param>
    /// <param name="console">Where a download is shown.</param>
    /// <param name="cancellationToken">Ends a download.</param>
    public static TrainingData Open(
        string source, double validationShare, int seed, TrainingFolders folders, IAnsiConsole console, CancellationToken cancellationToken)
    {
        if (source == BuiltIn)
        {
            // Three seeds, three sets that share no picture.
            return new TrainingData(
                source,
                new SyntheticShapes(8000, BuiltInSize, seed),
                new SyntheticShapes(1000, BuiltInSize, seed + 1),
                new SyntheticShapes(2000, BuiltInSize, seed + 2),
                []);
        }

        if (source == Published)
        {
            return OpenCifar(source, Fetch(console, cancellationToken), validationShare, seed);
        }

        if (File.Exists(source) || BinaryFiles.Any(file => File.Exists(Path.Combine(source, file))))
        {
            return OpenCifar(source, source, validationShare, seed);
        }

        if (!Directory.Exists(source))
        {
            throw new DatasetException($"'{source}' is neither '{BuiltIn}' (the built-in pictures) nor '{Published}' (fetched once) nor a folder that is there.{LostName.Remark(source)}");
        }

        var splits = ImageFolderSplits.Open(source, seed: seed, labels: folders.Labels, parts: folders.Find(source));
        return splits.Validation is { } validation
            ? new TrainingData(source, splits.Train, validation, splits.Test, splits.Faults)
            : HoldOut(source, splits.Train, splits.Test, splits.Faults, validationShare, seed);
    }

    private static TrainingData OpenCifar(string name, string path, double validationShare, int seed) =>
        HoldOut(name, Cifar10.Open(path), Cifar10.Open(path, CifarPart.Test), [], validationShare, seed);

    private static TrainingData HoldOut(string name, IImageDataset train, IImageDataset test, IReadOnlyList<DataFault> faults, double share, int seed)
    {
        if (share <= 0)
        {
            return new TrainingData(name, train, null, test, faults);
        }

        var split = DatasetSplit.Stratified(train, share, seed);
        return new TrainingData(name, split.Train, split.Test, test, faults);
    }

    private static string Fetch(IAnsiConsole console, CancellationToken cancellationToken)
    {
        using var downloader = new FileDownloader();
        return DownloadDisplay.Show(console, progress => downloader.GetAsync(Cifar10.Archive, progress, cancellationToken).GetAwaiter().GetResult());
    }
}
