namespace ResNet.Inference;

/// <summary>The calls of a classifier that are not answered yet, of which a few decode at a time.</summary>
internal sealed class DecodeQueue
{
    private readonly SemaphoreSlim _decoders;
    private readonly int _maxCount;
    private int _count;

    /// <param name="limits">How many may wait, and how many decode.</param>
    public DecodeQueue(ClassifierLimits limits)
    {
        Limits = limits;
        _decoders = new SemaphoreSlim(limits.MaxConcurrentDecodes);
        _maxCount = (int)Math.Min(int.MaxValue, (long)limits.MaxConcurrentDecodes + (limits.MaxQueueLength ?? int.MaxValue));
    }

    public ClassifierLimits Limits { get; }

    /// <summary>Takes a call on; it is answered when the result is disposed.</summary>
    /// <param name="metrics">Receives how many calls there are, and that one was rejected.</param>
    /// <exception cref="ImageQueueFullException">There are as many as may be.</exception>
    public IDisposable Enter(ClassifierMetrics metrics)
    {
        int count = Interlocked.Increment(ref _count);
        if (count > _maxCount)
        {
            Interlocked.Decrement(ref _count);
            metrics.Rejected();
            throw new ImageQueueFullException(count - 1);
        }

        metrics.QueueChanged(1);
        return new Ending(() =>
        {
            Interlocked.Decrement(ref _count);
            metrics.QueueChanged(-1);
        });
    }

    /// <summary>Waits for a turn to decode, which ends when the result is disposed.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IDisposable WaitForTurn(CancellationToken cancellationToken)
    {
        _decoders.Wait(cancellationToken);
        return new Ending(() => _decoders.Release());
    }

    /// <inheritdoc cref="WaitForTurn"/>
    public async Task<IDisposable> WaitForTurnAsync(CancellationToken cancellationToken)
    {
        await _decoders.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Ending(() => _decoders.Release());
    }

    private sealed class Ending(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
