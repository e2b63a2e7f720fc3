namespace ResNet.Inference;

/// <summary>Counts the calls that are using a network, so that it is disposed when the last of them is done, not under their feet.</summary>
internal sealed class RunnerLease(NetworkRunner runner, ResNetModel model) : IDisposable
{
    private readonly Lock _lock = new();
    private int _useCount;
    private bool _disposed;

    /// <summary>Runs something on the network, unless it is disposed already.</summary>
    public T Use<T>(Func<NetworkRunner, T> use)
    {
        Enter();
        try
        {
            return use(runner);
        }
        finally
        {
            Leave();
        }
    }

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), typeof(ImageClassifier));

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            if (_useCount == 0)
            {
                Free();
            }
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            ThrowIfDisposed();
            _useCount++;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _useCount--;
            if (_disposed && _useCount == 0)
            {
                Free();
            }
        }
    }

    private void Free()
    {
        runner.Dispose();
        model.Dispose();
    }
}
