using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// The threads of one epoch and the ring of batches that they fill. A worker claims the next picture of the order; it may run ahead of the
/// consumer by the ring's length and then waits.
/// </summary>
internal sealed class EpochWorkers : IDisposable
{
    private const int LeastBatchesAhead = 3;

    private readonly IImageDataset _dataset;
    private readonly LoaderOptions _options;
    private readonly int _epoch;
    private readonly int[] _order;
    private readonly int _sampleCount;
    private readonly int _batchCount;
    private readonly LoaderMemory _memory;
    private readonly PendingBatch[] _ring;
    private readonly Thread[] _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;
    private readonly object _gate = new();
    private int _claimed;
    private int _released;
    private volatile bool _stopping;

    public EpochWorkers(IImageDataset dataset, LoaderOptions options, LoaderPosition position, int batchCount, LoaderMemory memory, CancellationToken cancellationToken)
    {
        _dataset = dataset;
        _options = options;
        _epoch = position.Epoch;
        _order = EpochOrder.Of(dataset.Count, options, _epoch);
        _batchCount = batchCount;
        _sampleCount = (int)Math.Min(_order.Length, (long)batchCount * options.BatchSize);
        _claimed = position.Batch * options.BatchSize;
        _released = position.Batch;
        int ahead = LeastBatchesAhead + (options.WorkerCount / options.BatchSize);
        _memory = memory;
        _ring = memory.TakeRing(Math.Min(ahead, batchCount), Math.Min(options.BatchSize, _sampleCount));
        for (int i = position.Batch; i < Math.Min(position.Batch + _ring.Length, batchCount); i++)
        {
            Start(i);
        }

        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static self => ((EpochWorkers)self!).Stop(), this);
        _threads = [.. Enumerable.Range(0, Math.Min(options.WorkerCount, _sampleCount)).Select(NewThread)];
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
        if (batch + _ring.Length < _batchCount)
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

    private void Start(int batch)
    {
        int first = batch * _options.BatchSize;
        _ring[batch % _ring.Length].Start(_order.AsSpan(first, Math.Min(_options.BatchSize, _sampleCount - first)));
    }

    private Thread NewThread(int number) => new(Work) { IsBackground = true, Name = $"BatchLoader {number}" };

    private void Work()
    {
        // Everything that a picture needs on its way, used again for the next one.
        var canvas = _memory.TakeCanvas();
        PreparePictures(canvas, new SampleRandom(0));
        _memory.GiveCanvas(canvas);
    }

    private void PreparePictures(ImageCanvas canvas, SampleRandom random)
    {
        while (!_stopping)
        {
            int position = Interlocked.Increment(ref _claimed) - 1;
            if (position >= _sampleCount || !WaitForPlace(position / _options.BatchSize))
            {
                return;
            }

            PendingBatch pending = _ring[position / _options.BatchSize % _ring.Length];
            if (Prepare(pending, position, canvas, random))
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

    private bool Prepare(PendingBatch pending, int position, ImageCanvas canvas, SampleRandom random)
    {
        int place = position % _options.BatchSize, index = _order[position];
        try
        {
            int label = _dataset.Read(index, canvas);
            _options.Preprocessing?.Apply(canvas);
            if (_options.Augmentation is { } augmentation)
            {
                Restart(random, position, index);
                augmentation.Apply(canvas, random);
            }

            return pending.Succeed(place, canvas, label);
        }
        catch (Exception failure)
        {
            // Whatever it is, it belongs to the thread that enumerates: there alone can it be handled.
            return pending.Fail(place, failure);
        }
    }

    /// <summary>A picture that is drawn several times in an epoch must not be changed alike each time, so its place in the epoch counts then.</summary>
    private void Restart(SampleRandom random, int position, int index)
    {
        if (_options.Weighting is null)
        {
            random.Restart(_options.Seed, _epoch, index);
        }
        else
        {
            random.Restart(unchecked(_options.Seed ^ (int)0x9E3779B9), _epoch, position);
        }
    }
}
