namespace ResNet.Training;

/// <summary>What is in a part of a data set.</summary>
/// <param name="Name">The part's name.</param>
/// <param name="Classes">How many pictures each class has, those that cannot be read among them, in the order of the labels.</param>
/// <param name="Faults">What was left out when the part was opened, and then the pictures that cannot be read.</param>
/// <param name="Statistics">What the pictures are like; null where they were not read, or none can be.</param>
public sealed record DatasetPartReport(
    string Name, IReadOnlyList<ClassPictureCount> Classes, IReadOnlyList<DataFault> Faults, DatasetStatistics? Statistics)
{
    /// <summary>How many pictures there are, those that cannot be read among them.</summary>
    public int Count => Classes.Sum(item => item.Count);

    internal static DatasetPartReport Of(DatasetPart part, PictureFacts[]? pictures)
    {
        var dataset = part.Dataset;
        var counts = new int[dataset.Labels.Count];
        for (int i = 0; i < dataset.Count; i++)
        {
            counts[dataset.LabelOf(i)]++;
        }

        IEnumerable<DataFault> unreadable = (pictures ?? [])
            .Select((facts, index) => facts.Unreadable is { } reason ? DataFault.Of(dataset.NameOf(index), reason) : null)
            .OfType<DataFault>();
        return new DatasetPartReport(
            part.Name,
            [.. dataset.Labels.Zip(counts, (label, count) => new ClassPictureCount(label, count))],
            [.. part.Faults, .. unreadable, .. Unreadable(dataset, counts, pictures)],
            pictures is null ? null : DatasetStatistics.Of(pictures));
    }

    /// <summary>Classes of which no picture can be read.</summary>
    private static IEnumerable<DataFault> Unreadable(IImageDataset dataset, int[] counts, PictureFacts[]? pictures)
    {
        var readable = (pictures ?? []).Index().Where(facts => facts.Item.Unreadable is null).Select(facts => dataset.LabelOf(facts.Index)).ToHashSet();
        return pictures is null ? [] : Enumerable.Range(0, counts.Length).Where(label => counts[label] > 0 && !readable.Contains(label))
            .Select(label => new DataFault(dataset.Labels[label], "no picture of the class can be read; training refuses such a class"));
    }
}
