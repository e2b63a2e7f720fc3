namespace ResNet.Training;

/// <summary>A data set cut in two without overlap.</summary>
/// <param name="Train">What is left to train on.</param>
/// <param name="Test">What was set aside to validate or test on.</param>
public sealed record DatasetSplit(Subset Train, Subset Test)
{
    /// <summary>Sets aside the same share of every class, chosen by the seed: the same pictures for the same data set and seed.</summary>
    /// <param name="dataset">The data set to cut.</param>
    /// <param name="share">The share to set aside, above 0 and below 1. Rounded for each class, but at least one picture of a class that has
    /// two, and never all of them: a class with a single picture keeps it for training.</param>
    /// <param name="seed">Which pictures are chosen. Default: 0.</param>
    /// <returns>Both parts, each in the data set's own order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0 and below 1.</exception>
    public static DatasetSplit Stratified(IImageDataset dataset, double share, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!(share > 0 && share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share to set aside must be above 0 and below 1.");
        }

        List<int> test = [];
        var classes = Enumerable.Range(0, dataset.Count).GroupBy(dataset.LabelOf).OrderBy(members => members.Key);
        foreach (var members in classes)
        {
            int[] shuffled = [.. members];
            SampleRandom.For(seed, SampleRandom.SplitStream, members.Key).Shuffle(shuffled);
            int wanted = (int)Math.Round(share * shuffled.Length, MidpointRounding.AwayFromZero);
            test.AddRange(shuffled.Take(Math.Clamp(wanted, Math.Min(1, shuffled.Length - 1), shuffled.Length - 1)));
        }

        HashSet<int> chosen = [.. test];
        return new DatasetSplit(
            new Subset(dataset, Enumerable.Range(0, dataset.Count).Where(index => !chosen.Contains(index))),
            new Subset(dataset, test.Order()));
    }
}
