namespace ResNet.Training;

internal static class DatasetIndex
{
    public static void Check(int index, int count)
    {
        if ((uint)index >= (uint)count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index, count == 0 ? "The data set is empty." : Invariant($"The data set has {count} pictures, 0 to {count - 1}."));
        }
    }
}
