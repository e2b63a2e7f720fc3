using System.Collections.Concurrent;

namespace ResNet.Inference;

/// <summary>
/// Threads that classify for asynchronous callers, one for each processor, kept for the life of the process. The work waits for its turn on the network; on the pool's threads, some hundred
/// callers would leave none for timers, other requests and whatever else the program does. First come, first served.
/// </summary>
internal sealed class ClassifierThreads : TaskScheduler
{
    private readonly BlockingCollection<Task> _work = [];
    private readonly Lock _lock = new();
    private int _threadCount;
    private int _idleCount;

    private ClassifierThreads()
    {
    }

    private static ClassifierThreads Shared { get; } = new();

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => Environment.ProcessorCount;

    /// <summary>Does something on one of the threads.</summary>
    /// <param name="work">What.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    public static Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach, Shared);

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        _work.Add(task);
        lock (_lock)
        {
            if (_idleCount >= _work.Count || _threadCount >= MaximumConcurrencyLevel)
            {
                return;
            }

            _threadCount++;
        }

        try
        {
            new Thread(Work) { IsBackground = true, Name = "ResNet classifier" }.Start();
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            bool isAlone;
            lock (_lock)
            {
                isAlone = --_threadCount == 0;
            }

            // The system grants no thread; others of ours will do the work, or one of the pool.
            if (isAlone && _work.TryTake(out var left))
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(left), null);
            }
        }
    }

    /// <summary>Never on the thread of somebody who waits for it: as many run as there are threads here.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _work.ToArray();

    private void Work()
    {
        while (true)
        {
            Interlocked.Increment(ref _idleCount);
            var task = _work.Take();
            Interlocked.Decrement(ref _idleCount);
            TryExecuteTask(task);
        }
    }
}
