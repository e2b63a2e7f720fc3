using System.Collections.Concurrent;

namespace ResNet.Training;

/// <summary>The memory of a loader from one epoch to the next: pictures of batches in the making, and a bench for each worker.</summary>
/// <param name="viewCount">How many views each picture has.</param>
internal sealed class LoaderMemory(int viewCount)
{
    private readonly ConcurrentBag<WorkBench> _benches = [];
    private PendingBatch[]? _ring;

    /// <summary>The ring of the last epoch, or a new one where another epoch is being enumerated at the same time.</summary>
    public PendingBatch[] TakeRing(int length, int batchSize)
    {
        var ring = Interlocked.Exchange(ref _ring, null);
        return ring is not null && ring.Length == length ? ring : [.. Enumerable.Range(0, length).Select(_ => new PendingBatch(batchSize, viewCount))];
    }

    public void GiveRing(PendingBatch[] ring) => Volatile.Write(ref _ring, ring);

    public WorkBench TakeBench() => _benches.TryTake(out var bench) ? bench : new WorkBench();

    public void GiveBench(WorkBench bench) => _benches.Add(bench);
}
