namespace ResNet.Training;

/// <summary>Which pictures are read, in which batches.</summary>
/// <param name="Indices">The pictures in order; those that do not fit into the batches are left out.</param>
/// <param name="BatchSize">How many make a batch.</param>
/// <param name="FirstBatch">The batch to begin with.</param>
/// <param name="BatchCount">The batch to end before.</param>
/// <param name="WorkerCount">How many threads read.</param>
internal sealed record ReadingOrder(int[] Indices, int BatchSize, int FirstBatch, int BatchCount, int WorkerCount)
{
    public int SampleCount { get; } = (int)Math.Min(Indices.Length, (long)BatchCount * BatchSize);

    public ReadOnlySpan<int> Batch(int number)
    {
        int first = number * BatchSize;
        return Indices.AsSpan(first, Math.Min(BatchSize, SampleCount - first));
    }
}
