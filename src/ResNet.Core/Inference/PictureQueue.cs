using System.Threading.Channels;
using ResNet.Imaging;

namespace ResNet.Inference;

/// <summary>
/// Prepares the pictures of a list of files ahead, on a few tasks, and hands them over in the order of the files. A picture takes its place
/// in a bounded queue before it is decoded, so neither a slow consumer nor a fast source fills the memory.
/// </summary>
internal sealed class PictureQueue : IAsyncDisposable
{
    private readonly IAsyncEnumerable<string> _paths;
    private readonly Func<string, IReadOnlyList<RgbImage>> _prepare;
    private readonly Channel<PendingPicture> _ordered;
    private readonly Channel<PendingPicture> _unprepared = Channel.CreateUnbounded<PendingPicture>(new() { SingleWriter = true });
    private readonly CancellationTokenSource _stop;
    private readonly Task[] _tasks;

    /// <summary>Starts at once.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="prepare">Reads and prepares one; called by several threads.</param>
    /// <param name="capacity">How many pictures may wait for the consumer.</param>
    /// <param name="workerCount">How many are prepared at the same time.</param>
    /// <param name="cancellationToken">Ends the tasks.</param>
    public PictureQueue(
        IAsyncEnumerable<string> paths, Func<string, IReadOnlyList<RgbImage>> prepare, int capacity, int workerCount, CancellationToken cancellationToken)
    {
        _paths = paths;
        _prepare = prepare;
        _ordered = Channel.CreateBounded<PendingPicture>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _tasks = [Task.Run(ListAsync, CancellationToken.None), .. Enumerable.Range(0, workerCount).Select(_ => Task.Run(WorkAsync, CancellationToken.None))];
    }

    /// <summary>Takes the next pictures: at least one, and as many more as the source has given, each once it is prepared.</summary>
    /// <param name="most">The most that are taken.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The pictures; none when the source has ended.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<List<PreparedPicture>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        List<PreparedPicture> batch = [];
        if (await _ordered.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (batch.Count < most && _ordered.Reader.TryRead(out var pending))
            {
                batch.Add(await pending.Done.WaitAsync(cancellationToken).ConfigureAwait(false));
            }
        }

        return batch;
    }

    /// <summary>Stops, and waits until no task is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListAsync()
    {
        Exception? failure = null;
        try
        {
            await foreach (string path in _paths.WithCancellation(_stop.Token).ConfigureAwait(false))
            {
                var pending = new PendingPicture(path ?? throw new InvalidOperationException("One of the paths is null; name picture files."));
                await _ordered.Writer.WriteAsync(pending, _stop.Token).ConfigureAwait(false);
                _unprepared.Writer.TryWrite(pending);
            }
        }
        catch (Exception fault)
        {
            // It reaches the consumer when it has taken what came before.
            failure = fault;
        }

        _ordered.Writer.Complete(failure);
        _unprepared.Writer.Complete();
    }

    private async Task WorkAsync()
    {
        while (await _unprepared.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (!_stop.IsCancellationRequested && _unprepared.Reader.TryRead(out var pending))
            {
                pending.Prepare(_prepare);
            }

            if (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
