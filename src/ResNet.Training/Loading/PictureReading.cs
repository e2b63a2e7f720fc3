using System.Diagnostics;

namespace ResNet.Training;

/// <summary>One pass over pictures: their batches in order, as managed bytes. For the thread that consumes it.</summary>
internal sealed class PictureReading(PictureReader reader, ReadingOrder order, EpochWorkers workers) : IDisposable
{
    private int _next = order.FirstBatch;
    private int _held = -1;
    private long _pictureCount;

    /// <summary>Number of the batch that <see cref="Next"/> gave.</summary>
    public int Number => _next - 1;

    /// <summary>Waits for the next batch of which pictures can be read, and releases the one before it.</summary>
    /// <returns>The batch, valid until it is released; null after the last one.</returns>
    /// <exception cref="DatasetException">Reading or preparing a picture failed, or not one of a whole pass can be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public PendingBatch? Next()
    {
        Release();
        while (_next < order.BatchCount)
        {
            long start = Stopwatch.GetTimestamp();
            var batch = workers.Take(_next);
            reader.AddWaiting(Stopwatch.GetTimestamp() - start);
            reader.Record(batch);
            batch.ThrowIfFailed(reader.Dataset);
            _held = _next++;
            int count = batch.Collect();
            _pictureCount += count;
            if (count > 0)
            {
                return batch;
            }

            Release();
        }

        if (_pictureCount == 0 && order.FirstBatch == 0)
        {
            var faults = reader.Faults;
            throw new DatasetException(
                $"None of the {reader.Dataset.Count} pictures can be read. The first one is {faults[0].Path}: {faults[0].Reason}");
        }

        return null;
    }

    /// <summary>Gives the memory of the batch that <see cref="Next"/> gave back to the workers, if that was not done yet.</summary>
    public void Release()
    {
        if (_held >= 0)
        {
            workers.Release(_held);
            _held = -1;
        }
    }

    public void Dispose() => workers.Dispose();
}
