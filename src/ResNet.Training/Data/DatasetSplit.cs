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

        return Cut(dataset, seed, members => [.. members.Select(member => CountOf(share, member.Length))]);
    }

    /// <summary>Sets aside an exact number of pictures, spread over the classes by their sizes, chosen by the seed: 5,000 of CIFAR-10's 50,000 are
    /// the paper's 45k/5k.</summary>
    /// <param name="dataset">The data set to cut.</param>
    /// <param name="testCount">How many pictures to set aside in all, at least 1; every class keeps one picture or more for training.</param>
    /// <param name="seed">Which pictures are chosen. Default: 0.</param>
    /// <returns>Both parts, each in the data set's own order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1, or so large that a class would be left without a picture to train on.</exception>
    public static DatasetSplit Stratified(IImageDataset dataset, int testCount, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Cut(dataset, seed, members => CountsOf(testCount, [.. members.Select(member => member.Length)]));
    }

    private static DatasetSplit Cut(IImageDataset dataset, int seed, Func<IReadOnlyList<int[]>, int[]> countsOf)
    {
        int[][] classes = [.. Enumerable.Range(0, dataset.Count).GroupBy(dataset.LabelOf).OrderBy(members => members.Key).Select(members => members.ToArray())];
        int[] counts = countsOf(classes);
        List<int> test = [];
        foreach ((int[] members, int count) in classes.Zip(counts))
        {
            SampleRandom.For(seed, SampleRandom.SplitStream, dataset.LabelOf(members[0])).Shuffle(members);
            test.AddRange(members.Take(count));
        }

        HashSet<int> chosen = [.. test];
        return new DatasetSplit(
            new Subset(dataset, Enumerable.Range(0, dataset.Count).Where(index => !chosen.Contains(index))),
            new Subset(dataset, test.Order()));
    }

    private static int CountOf(double share, int size)
    {
        int wanted = (int)Math.Round(share * size, MidpointRounding.AwayFromZero);
        return Math.Clamp(wanted, Math.Min(1, size - 1), size - 1);
    }

    /// <summary>Whole parts of each class's share first; what is left goes to the largest fractions, where a class has pictures to give.</summary>
    private static int[] CountsOf(int testCount, int[] sizes)
    {
        long total = sizes.Sum(size => (long)size);
        if (testCount < 1 || testCount > total - sizes.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(testCount), testCount,
                Invariant($"Of {total} pictures in {sizes.Length} classes, 1 to {Math.Max(1, total - sizes.Length)} can be set aside: every class keeps one to train on."));
        }

        int[] counts = [.. sizes.Select(size => (int)(testCount * (long)size / total))];
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(i => testCount * (long)sizes[i] % total)];
        for (int left = testCount - counts.Sum(); left > 0;)
        {
            foreach (int i in order.Where(i => counts[i] < sizes[i] - 1).Take(left).ToArray())
            {
                counts[i]++;
                left--;
            }
        }

        return counts;
    }
}
