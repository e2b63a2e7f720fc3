namespace ResNet.Training;

/// <summary>A part of a data set, such as what is trained on.</summary>
/// <param name="Name">What reports call it, such as "train".</param>
/// <param name="Dataset">The pictures.</param>
/// <param name="Faults">What was left out while it was opened.</param>
public sealed record DatasetPart(string Name, IImageDataset Dataset, IReadOnlyList<DataFault> Faults)
{
    /// <summary>
    /// Opens every part of a folder as it lies on disk: <c>train</c>, <c>val</c> (or <c>valid</c>, <c>validation</c>) and <c>test</c>, as <see cref="PartFolders"/>
    /// finds them; where there is no <c>train</c>, the folder is one part, named "all". Nothing is split.
    /// </summary>
    /// <param name="root">The folder.</param>
    /// <param name="parts">Which folders are what. Default: null, they are found by their names.</param>
    /// <returns>One part to three.</returns>
    /// <exception cref="DatasetException">The layout is another, or a part holds no pictures.</exception>
    public static IReadOnlyList<DatasetPart> OpenFolder(string root, PartFolders? parts = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        parts ??= PartFolders.Find(root);
        if (parts.Train is null)
        {
            return [Open("all", root)];
        }

        var train = Open("train", parts.Train);
        train = train with { Faults = [.. train.Faults, .. ImageFolderSplits.OtherEntries(root, parts)] };
        return [train, .. new[] { parts.Validation, parts.Test }.OfType<string>().Select(path => Matched(Open(Path.GetFileName(path), path), train))];
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
                .. missing.Select(name => new DataFault(Path.Combine(root, name), $"the class has pictures in '{train.Name}' but none here")),
                .. foreign.Select(name => new DataFault(Path.Combine(root, name), $"the class has pictures here but none in '{train.Name}'")),
            ],
        };
    }
}
