namespace ResNet.Training;

/// <summary>How a mini-batch is cut into the parts that go through the network at once.</summary>
internal static class MicroBatches
{
    /// <summary>Cuts a batch.</summary>
    /// <param name="count">Images of the batch.</param>
    /// <param name="size">Images of a part; null: the whole batch.</param>
    /// <param name="joinsSingle">
    /// Whether a rest of one image joins the part before it, which then has one more: for networks whose batch normalisation would see one value a channel of it.
    /// </param>
    /// <returns>The parts in order.</returns>
    public static IEnumerable<(int Start, int Count)> Of(int count, int? size, bool joinsSingle)
    {
        int each = Math.Min(size ?? count, count);
        for (int start = 0, taken; start < count; start += taken)
        {
            int rest = count - start;
            taken = joinsSingle && rest == each + 1 ? rest : Math.Min(each, rest);
            yield return (start, taken);
        }
    }
}
