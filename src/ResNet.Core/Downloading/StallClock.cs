namespace ResNet.Downloading;

/// <summary>Gives each step of an attempt its time, and tells apart why a step failed: silence, a broken connection, or the caller's wish.</summary>
internal sealed class StallClock : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _silence;
    private readonly CancellationTokenSource _either;

    public StallClock(DownloadOptions options, CancellationToken cancelled)
    {
        _patience = options.StallTimeout;
        _silence = new CancellationTokenSource(_patience, options.TimeProvider);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, _silence.Token);
        Cancelled = cancelled;
    }

    /// <summary>The caller's wish to end.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Runs a step that waits for the server.</summary>
    /// <param name="step">The step.</param>
    /// <param name="failure">What a failure is called.</param>
    /// <exception cref="TransientFaultException">The server was silent too long, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException">The caller wishes to end.</exception>
    public async Task<T> WatchAsync<T>(Func<CancellationToken, Task<T>> step, string failure)
    {
        _silence.CancelAfter(_patience);
        try
        {
            return await step(_either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException fault) when (!Cancelled.IsCancellationRequested)
        {
            // The client's own timeout ends here as well.
            string seconds = _silence.IsCancellationRequested ? $"{_patience.TotalSeconds:0.###} seconds" : "the time that the HTTP client allows";
            throw new TransientFaultException($"the server sent nothing for {seconds}", null, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or (IOException and not DownloadException))
        {
            Cancelled.ThrowIfCancellationRequested();
            throw new TransientFaultException($"{failure} ({fault.Message.TrimEnd('.')})", null, fault);
        }
        finally
        {
            // What the caller does between two steps, such as writing to a slow disk, is not the server's silence.
            _silence.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _silence.Dispose();
    }
}
