using System.Collections.Concurrent;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>The memory of a loader from one epoch to the next: pictures of batches in the making, and one picture for each worker.</summary>
internal sealed class LoaderMemory
{
    private readonly ConcurrentBag<ImageCanvas> _canvases = [];
    private PendingBatch[]? _ring;

    /// <summary>The ring of the last epoch, or a new one where another epoch is being enumerated at the same time.</summary>
    public PendingBatch[] TakeRing(int length, int batchSize)
    {
        var ring = Interlocked.Exchange(ref _ring, null);
        return ring is not null && ring.Length == length ? ring : [.. Enumerable.Range(0, length).Select(_ => new PendingBatch(batchSize))];
    }

    public void GiveRing(PendingBatch[] ring) => Volatile.Write(ref _ring, ring);

    public ImageCanvas TakeCanvas() => _canvases.TryTake(out var canvas) ? canvas : new ImageCanvas();

    public void GiveCanvas(ImageCanvas canvas) => _canvases.Add(canvas);
}
