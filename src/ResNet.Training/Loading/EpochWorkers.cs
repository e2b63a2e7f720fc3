namespace ResNet.Training;

/// <summary>
/// The threads of one epoch and the ring of batches that they fill. A worker claims the next picture of the order; it may run ahead of the
/// consumer by the ring's length and then waits.
/// </summary>
internal sealed class EpochWorkers : IDisposable
{
    private const int LeastBatchesAhead = 3;

    private readonly ReadingOrder _order;
    private readonly IPicturePreparation _preparation;
    private readonly LoaderMemory _memory;
    private readonly PendingBatch[] _ring;
    private readonly Thread[] _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;
    private readonly object _gate = new();
    private int _claimed;
    private int _released;
    private volatile bool _stopping;

    public EpochWorkers(ReadingOrder order, IPicturePreparation preparation, LoaderMemory memory, CancellationToken cancellationToken)
    {
        _order = order;
        _preparation = preparation;
        _claimed = order.FirstBatch * order.BatchSize;
        _released = order.FirstBatch;
        int ahead = LeastBatchesAhead + (order.WorkerCount / order.BatchSize);
        _memory = memory;
        _ring = memory.TakeRing(Math.Min(ahead, order.BatchCount), Math.Min(order.BatchSize, order.SampleCount));
        for (int i = order.FirstBatch; i < Math.Min(order.FirstBatch + _ring.Length, order.BatchCount); i++)
        {
            Start(i);
        }

        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static self => ((EpochWorkers)self!).Stop(), this);
        _threads = [.. Enumerable.Range(0, Math.Min(order.WorkerCount, order.SampleCount)).Select(NewThread)];
        try
        {
            Array.ForEach(_threads, thread => thread.Start());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Waits until a batch is complete.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before or meanwhile.</exception>
    public PendingBatch Take(int batch)
    {
        PendingBatch pending = _ring[batch % _ring.Length];
        _cancellationToken.ThrowIfCancellationRequested();
        if (!pending.IsComplete)
        {
            lock (_gate)
            {
                while (!pending.IsComplete && !_stopping)
                {
                    _ = Monitor.Wait(_gate);
                }
            }

            _cancellationToken.ThrowIfCancellationRequested();
        }

        return pending;
    }

    /// <summary>Gives a batch's place in the ring to a later one.</summary>
    public void Release(int batch)
    {
        if (batch + _ring.Length < _order.BatchCount)
        {
            Start(batch + _ring.Length);
        }

        lock (_gate)
        {
            Volatile.Write(ref _released, batch + 1);
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        Stop();
        foreach (Thread thread in _threads)
        {
            if (thread.ThreadState.HasFlag(ThreadState.Unstarted))
            {
                continue;
            }

            thread.Join();
        }

        _memory.GiveRing(_ring);
    }

    private void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Start(int batch) => _ring[batch % _ring.Length].Start(_order.Batch(batch));

    private Thread NewThread(int number) => new(Work) { IsBackground = true, Name = Invariant($"Picture reader {number}") };

    private void Work()
    {
        var bench = _memory.TakeBench();
        PreparePictures(bench);
        _memory.GiveBench(bench);
    }

    private void PreparePictures(WorkBench bench)
    {
        while (!_stopping)
        {
            int position = Interlocked.Increment(ref _claimed) - 1;
            if (position >= _order.SampleCount || !WaitForPlace(position / _order.BatchSize))
            {
                return;
            }

            PendingBatch pending = _ring[position / _order.BatchSize % _ring.Length];
            if (Prepare(pending, position, bench))
            {
                lock (_gate)
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }

    private bool WaitForPlace(int batch)
    {
        if (batch < Volatile.Read(ref _released) + _ring.Length)
        {
            return !_stopping;
        }

        lock (_gate)
        {
            while (batch >= _released + _ring.Length && !_stopping)
            {
                _ = Monitor.Wait(_gate);
            }

            return !_stopping;
        }
    }

    private bool Prepare(PendingBatch pending, int position, WorkBench bench)
    {
        int place = position % _order.BatchSize;
        try
        {
            return pending.Succeed(place, _preparation.Prepare(_order.Indices[position], position, bench, pending.Place(place)));
        }
        catch (Exception failure)
        {
            // Whatever it is, it belongs to the thread that enumerates: there alone can it be handled.
            return pending.Fail(place, failure);
        }
    }
}
