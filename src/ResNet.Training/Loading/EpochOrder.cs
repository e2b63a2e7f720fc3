namespace ResNet.Training;

/// <summary>In which order an epoch visits a data set.</summary>
internal static class EpochOrder
{
    public static int[] Of(int count, bool shuffle, int seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        if (shuffle)
        {
            SampleRandom.For(seed, SampleRandom.OrderStream, epoch).Shuffle(order);
        }

        return order;
    }
}
