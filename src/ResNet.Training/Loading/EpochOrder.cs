namespace ResNet.Training;

/// <summary>In which order an epoch visits a data set.</summary>
internal static class EpochOrder
{
    /// <summary>How many pictures an epoch visits.</summary>
    public static int Length(int count, LoaderOptions options) => options.Weighting is { } weighting ? weighting.EpochLength ?? count : count;

    public static int[] Of(int count, LoaderOptions options, int epoch)
    {
        if (options.Weighting is { } weighting)
        {
            var random = SampleRandom.For(options.Seed, SampleRandom.OrderStream, epoch);
            int[] drawn = new int[Length(count, options)];
            for (int i = 0; i < drawn.Length; i++)
            {
                drawn[i] = weighting.Draw(random);
            }

            return drawn;
        }

        int[] order = [.. Enumerable.Range(0, count)];
        if (options.Shuffle)
        {
            SampleRandom.For(options.Seed, SampleRandom.OrderStream, epoch).Shuffle(order);
        }

        return order;
    }
}
