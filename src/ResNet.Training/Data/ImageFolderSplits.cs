using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>A folder of photos as training and test set.</summary>
/// <param name="Train">The pictures to train on.</param>
/// <param name="Test">The pictures to test on; none of them is in <paramref name="Train"/>.</param>
/// <param name="Faults">Everything that was left out while opening both.</param>
public sealed record ImageFolderSplits(IImageDataset Train, IImageDataset Test, IReadOnlyList<DataFault> Faults)
{
    private static readonly string[] TestNames = ["test", "val", "validation"];

    /// <summary>
    /// Opens <c>root/train/&lt;class&gt;</c> beside <c>root/test</c>, <c>root/val</c> or <c>root/validation</c> (the first of them that is there);
    /// where the test folder is missing, <c>root/train</c> is split; and where there is no <c>train</c> either, <c>root/&lt;class&gt;</c> is.
    /// A split is the same for the same pictures, share and seed.
    /// </summary>
    /// <param name="root">The folder. <c>train</c> and so on may be written in upper case.</param>
    /// <param name="validationShare">What share of each class is set aside where there is no test folder, above 0 and below 1. Default: 0.1.</param>
    /// <param name="seed">Which pictures a split sets aside. Default: 0.</param>
    /// <param name="labels">The classes in the order of the network's outputs. Default: null, the folders' names in order.</param>
    /// <param name="decoding">How pictures are decoded. Default: null, upright, with a limit against enormous pictures.</param>
    /// <returns>Both sets, over the same classes.</returns>
    /// <exception cref="DatasetException">The layout is another, there are no pictures, or the two folders have different classes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    public static ImageFolderSplits Open(
        string root, double validationShare = 0.1, int seed = 0, ClassLabels? labels = null, ImageDecodeOptions? decoding = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string? train = FindTrainFolder(root);
        if (train is null)
        {
            return Split(ImageFolder.Open(root, labels, decoding), validationShare, seed);
        }

        string? test = FindTestFolder(root);
        ImageFolder trainFolder = ImageFolder.Open(train, labels, decoding);
        List<DataFault> others = OtherEntries(root, test is null ? [train] : [train, test]);
        if (test is null)
        {
            ImageFolderSplits split = Split(trainFolder, validationShare, seed);
            return split with { Faults = [.. split.Faults, .. others] };
        }

        ImageFolder testFolder = ImageFolder.Open(test, labels, decoding);
        EnsureSameClasses(trainFolder, testFolder);
        return new ImageFolderSplits(trainFolder, testFolder, [.. trainFolder.Faults, .. testFolder.Faults, .. others]);
    }

    /// <summary>Finds <c>root/test</c>, <c>root/val</c> or <c>root/validation</c>, in upper or lower case, if it holds class folders.</summary>
    /// <param name="root">The folder.</param>
    /// <returns>The path of the first of them that is there, in this order; null where there is none.</returns>
    public static string? FindTestFolder(string root) => TestNames.Select(name => Find(root, name)).FirstOrDefault(path => path is not null);

    internal static string? FindTrainFolder(string root) => Find(root, "train");

    internal static List<DataFault> OtherEntries(string root, IReadOnlyList<string> used) =>
        [.. Directory.EnumerateFileSystemEntries(root)
            .Except(used, StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(path => new DataFault(path, $"only {string.Join(" and ", used.Select(Path.GetFileName))} are read here"))];

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

    // A class may be called 'train', of railways: only a folder with folders in it is a set.
    private static string? Find(string root, string name) =>
        Directory.Exists(root)
            ? Directory.EnumerateDirectories(root)
                .Where(path => Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase) && ClassFolders.HasFolders(path))
                .Order(StringComparer.Ordinal)
                .FirstOrDefault()
            : null;

    private static void EnsureSameClasses(ImageFolder train, ImageFolder test)
    {
        if (train.Labels.Equals(test.Labels))
        {
            return;
        }

        throw new DatasetException(
            $"The classes of {train.Root} and {test.Root} differ: only the first has "
            + $"{DatasetLayout.Names([.. train.Labels.Except(test.Labels, StringComparer.Ordinal)])}; only the second has "
            + $"{DatasetLayout.Names([.. test.Labels.Except(train.Labels, StringComparer.Ordinal)])}. "
            + "Both need a folder of the same name for each class (it may be empty).");
    }
}
