namespace ResNet.Training;

/// <summary>A part of a data set, such as what is trained on.</summary>
/// <param name="Name">What reports call it, such as "train".</param>
/// <param name="Dataset">The pictures.</param>
/// <param name="Faults">What was left out while it was opened.</param>
public sealed record DatasetPart(string Name, IImageDataset Dataset, IReadOnlyList<DataFault> Faults)
{
    /// <summary>
    /// Opens every part of a folder as it lies on disk: <c>train</c>, and <c>test</c>, <c>val</c> or <c>validation</c>, as
    /// <see cref="ImageFolderSplits"/> finds them; where there is neither, the folder is one part, named "all". Nothing is split.
    /// </summary>
    /// <param name="root">The folder.</param>
    /// <returns>One part or two.</returns>
    /// <exception cref="DatasetException">The layout is another, or a part holds no pictures.</exception>
    public static IReadOnlyList<DatasetPart> OpenFolder(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string? train = ImageFolderSplits.FindTrainFolder(root);
        if (train is null)
        {
            return [Open("all", root)];
        }

        string? test = ImageFolderSplits.FindTestFolder(root);
        var first = Open("train", train);
        first = first with { Faults = [.. first.Faults, .. ImageFolderSplits.OtherEntries(root, test is null ? [train] : [train, test])] };
        return test is null ? [first] : [first, Matched(Open(Path.GetFileName(test), test), first)];
    }

    private static DatasetPart Open(string name, string root)
    {
        var folder = ImageFolder.Open(root);
        return new DatasetPart(name, folder, folder.Faults);
    }

    /// <summary>Training refuses parts whose classes differ; here they are something to be told.</summary>
    private static DatasetPart Matched(DatasetPart test, DatasetPart train)
    {
        string[] missing = [.. train.Dataset.Labels.Except(test.Dataset.Labels, StringComparer.Ordinal)];
        string[] foreign = [.. test.Dataset.Labels.Except(train.Dataset.Labels, StringComparer.Ordinal)];
        string root = ((ImageFolder)test.Dataset).Root;
        return test with
        {
            Faults =
            [
                .. test.Faults,
                .. missing.Select(name => new DataFault(Path.Combine(root, name), $"the class has a folder in '{train.Name}' but none here")),
                .. foreign.Select(name => new DataFault(Path.Combine(root, name), $"the class has a folder here but none in '{train.Name}'")),
            ],
        };
    }
}
