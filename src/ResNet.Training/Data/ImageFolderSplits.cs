using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A folder of photos as training and test set.</summary>
/// <param name="Train">The pictures to train on.</param>
/// <param name="Test">The pictures to test on; none of them is in <paramref name="Train"/>.</param>
/// <param name="Faults">Everything that was left out while opening both.</param>
public sealed record ImageFolderSplits(IImageDataset Train, IImageDataset Test, IReadOnlyList<DataFault> Faults)
{
    /// <summary>The pictures that the best weights are chosen by; none of them is in <see cref="Train"/>.</summary>
    /// <value>Default: null, there is no folder of them; a part of <see cref="Train"/> can be held out instead.</value>
    public IImageDataset? Validation { get; init; }

    /// <summary>
    /// Opens <c>root/train/&lt;class&gt;</c> beside <c>root/test</c>, and <c>root/val</c>, <c>root/valid</c> or <c>root/validation</c>, as <see cref="PartFolders"/>
    /// finds them; where the test folder is missing, <c>root/train</c> is split; and where there is no <c>train</c> either, <c>root/&lt;class&gt;</c> is.
    /// A split is the same for the same pictures, share and seed.
    /// </summary>
    /// <param name="root">The folder. <c>train</c> and so on may be written in upper case.</param>
    /// <param name="validationShare">What share of each class is set aside where there is no test folder, above 0 and below 1. Default: 0.1.</param>
    /// <param name="seed">Which pictures a split sets aside. Default: 0.</param>
    /// <param name="labels">The classes in the order of the network's outputs. Default: null, the folders' names in order.</param>
    /// <param name="decoding">How pictures are decoded. Default: null, upright, with a limit against enormous pictures.</param>
    /// <param name="parts">Which folders are what. Default: null, they are found by their names.</param>
    /// <returns>All sets, over the same classes.</returns>
    /// <exception cref="DatasetException">The layout is another, there are no pictures, the folders have different classes, or a class has pictures
    /// of which none is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    public static ImageFolderSplits Open(
        string root, double validationShare = 0.1, int seed = 0, ClassLabels? labels = null, ImageDecodeOptions? decoding = null, PartFolders? parts = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        parts ??= PartFolders.Find(root);
        ImageFolder train = ImageFolder.Open(parts.Train ?? root, labels, decoding);
        ReadableClasses.Ensure(train.UnreadableClasses);
        ImageFolder? validation = OpenBeside(train, parts.Validation, decoding);
        ImageFolder? test = OpenBeside(train, parts.Test, decoding);
        ImageFolderSplits splits = test is null ? Split(train, validationShare, seed) : new ImageFolderSplits(train, test, [.. train.Faults, .. test.Faults]);
        return splits with
        {
            Validation = validation,
            Faults = [.. splits.Faults, .. validation?.Faults ?? [], .. parts.Train is null ? [] : OtherEntries(root, parts)],
        };
    }

    /// <summary>Finds <c>root/test</c>, <c>root/val</c>, <c>root/valid</c> or <c>root/validation</c>, in upper or lower case, if it holds class folders.</summary>
    /// <param name="root">The folder.</param>
    /// <returns>The path of the first of them that is there, in this order; null where there is none.</returns>
    public static string? FindTestFolder(string root) => PartFolders.FindTest(root);

    /// <summary>Finds <c>root/train</c>, in upper or lower case, if it holds class folders.</summary>
    /// <param name="root">The folder.</param>
    /// <returns>Its path; null where there is none.</returns>
    public static string? FindTrainFolder(string root) => PartFolders.FindOne(root, "train");

    internal static List<DataFault> OtherEntries(string root, PartFolders parts)
    {
        string[] used = [.. new[] { parts.Train, parts.Validation, parts.Test }.OfType<string>()];
        string[] names = [.. used.Select(path => Path.GetFileName(path)!)];
        string read = names.Length > 1 ? $"{string.Join(", ", names[..^1])} and {names[^1]}" : names[0];
        return
        [
            .. Directory.EnumerateFileSystemEntries(root)
                .Except(used, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(path => new DataFault(path, $"only {read} are read here")),
        ];
    }

    private static ImageFolder? OpenBeside(ImageFolder train, string? path, ImageDecodeOptions? decoding)
    {
        if (path is null)
        {
            return null;
        }

        EnsureSameClasses(train, path);
        ImageFolder folder = ImageFolder.Open(path, train.Labels, decoding);
        ReadableClasses.Ensure(folder.UnreadableClasses);
        return folder;
    }

    private static ImageFolderSplits Split(ImageFolder folder, double share, int seed)
    {
        DatasetSplit split = DatasetSplit.Stratified(folder, share, seed);
        if (split.Test.Count == 0)
        {
            throw new DatasetException(
                $"{folder.Root}: no class has two pictures, so none can be set aside to test on. Add pictures, or a folder 'test' beside 'train'.");
        }

        IEnumerable<DataFault> lonely = Enumerable.Range(0, folder.Count).GroupBy(folder.LabelOf).Where(members => members.Take(2).Count() == 1)
            .Select(members => new DataFault(folder.NameOf(members.First()), $"is the only picture of class '{folder.Labels[members.Key]}': it is trained on, and the class is not tested"));
        return new ImageFolderSplits(split.Train, split.Test, [.. folder.Faults, .. lonely]);
    }

    /// <summary>An empty folder says that a class has no pictures here; a missing one may be a mistake.</summary>
    private static void EnsureSameClasses(ImageFolder train, string folder)
    {
        string[] missing = [.. train.Labels.Where(label => !Directory.Exists(Path.Combine(folder, label)))];
        string[] foreign = [.. ImageFolder.Open(folder).Labels.Except(train.Labels, StringComparer.Ordinal)];
        if (missing.Length > 0 || foreign.Length > 0)
        {
            throw new DatasetException(
                $"The classes of {train.Root} and {folder} differ: only the first has {DatasetLayout.Names(missing)}; only the second has "
                + $"{DatasetLayout.Names(foreign)}. Both need a folder of the same name for each class (it may be empty).");
        }
    }
}
