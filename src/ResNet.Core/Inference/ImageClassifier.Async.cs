using ResNet.Imaging;

namespace ResNet.Inference;

public sealed partial class ImageClassifier
{
    /// <summary>Classifies a picture file on a thread of its own.</summary>
    /// <param name="path">The file (formats: <see cref="ImageDecoder"/>), or a pipe such as <c>/dev/stdin</c>.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the call before it begins, while it waits for a pipe, or between decoding and the network.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no picture, damaged, or larger than <see cref="Limits"/> allows.</exception>
    /// <exception cref="ImageQueueFullException">As many calls wait as <see cref="Limits"/> allows.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<IReadOnlyList<Prediction>> ClassifyAsync(string path, int top = DefaultTop, CancellationToken cancellationToken = default) =>
        path is not null && PipeReader.CanRead(path)
            ? OnThreadOfItsOwn(path, top, cancellationToken)
            : OnThread(path!, (path, decoding) => ImageDecoder.Decode(path, decoding, cancellationToken), top, cancellationToken);

    /// <summary>Classifies a picture read from a stream, which stays open. It is read asynchronously: a web request's body will do.</summary>
    /// <param name="stream">The stream, from where it stands to its end. Its bytes are held in memory, as many as <see cref="Limits"/> allows.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the call while the stream is read, or between decoding and the network.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ImageFormatException">The content is no picture, damaged, or larger than <see cref="Limits"/> allows.</exception>
    /// <exception cref="ImageQueueFullException">As many calls wait as <see cref="Limits"/> allows.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<IReadOnlyList<Prediction>> ClassifyAsync(Stream stream, int top = DefaultTop, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckCall(top);
        var queue = _queue;
        using var call = queue.Enter(Metrics);
        using var content = await ReadAsync(stream, queue.Limits.Decoding, cancellationToken).ConfigureAwait(false);
        return await OnThread(
            queue, content, (content, decoding) => ImageDecoder.Decode(content.GetBuffer().AsSpan(0, (int)content.Length), "the stream", decoding, cancellationToken), top, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>A stream that is too long is an image that could not be read.</summary>
    private async Task<MemoryStream> ReadAsync(Stream stream, ImageDecodeOptions decoding, CancellationToken cancellationToken)
    {
        try
        {
            return await ImageContent.ReadAsync(stream, "the stream", decoding, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception ex)
        {
            Metrics.Failed(ex);
            throw;
        }
    }

    /// <summary>Classifies a picture given as the bytes of its file, on a thread of its own.</summary>
    /// <param name="bytes">The content of a picture file; it must stay as it is until the task is done.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the call before it begins, or between decoding and the network.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ImageFormatException">The bytes are no picture, damaged, or larger than <see cref="Limits"/> allows.</exception>
    /// <exception cref="ImageQueueFullException">As many calls wait as <see cref="Limits"/> allows.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<IReadOnlyList<Prediction>> ClassifyAsync(ReadOnlyMemory<byte> bytes, int top = DefaultTop, CancellationToken cancellationToken = default) =>
        OnThread(bytes, (bytes, decoding) => ImageDecoder.Decode(bytes.Span, "the bytes", decoding, cancellationToken), top, cancellationToken);

    /// <summary>Classifies a picture that is decoded already, on a thread of its own.</summary>
    /// <param name="image">The picture, of any size, before preprocessing; it must stay as it is until the task is done.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the call before it begins, or between preprocessing and the network.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ImageQueueFullException">As many calls wait as <see cref="Limits"/> allows.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<IReadOnlyList<Prediction>> ClassifyAsync(RgbImage image, int top = DefaultTop, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OnThread(image, static (image, _) => image, top, cancellationToken);
    }

    private Task<IReadOnlyList<Prediction>> OnThread<T>(T source, Func<T, ImageDecodeOptions, RgbImage> read, int top, CancellationToken cancellationToken)
    {
        CheckCall(top);
        return AsCall(source, read, top, cancellationToken);
    }

    private async Task<IReadOnlyList<Prediction>> AsCall<T>(
        T source, Func<T, ImageDecodeOptions, RgbImage> read, int top, CancellationToken cancellationToken)
    {
        var queue = _queue;
        using var call = queue.Enter(Metrics);
        return await OnThread(queue, source, read, top, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What waits for whoever writes into a pipe has neither a turn to decode nor a thread that others need.</summary>
    private async Task<IReadOnlyList<Prediction>> OnThreadOfItsOwn(string pipe, int top, CancellationToken cancellationToken)
    {
        CheckCall(top);
        var queue = _queue;
        using var call = queue.Enter(Metrics);
        using var content = await Task.Factory.StartNew(
            () => ImageDecoder.ReadPipe(pipe, queue.Limits.Decoding, cancellationToken),
            cancellationToken, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        return await OnThread(queue, content, Decode, top, cancellationToken).ConfigureAwait(false);

        RgbImage Decode(MemoryStream content, ImageDecodeOptions decoding) =>
            ImageDecoder.Decode(content.GetBuffer().AsSpan(0, (int)content.Length), pipe, decoding, cancellationToken);
    }

    /// <summary>No thread waits for a turn.</summary>
    private async Task<IReadOnlyList<Prediction>> OnThread<T>(
        DecodeQueue queue, T source, Func<T, ImageDecodeOptions, RgbImage> read, int top, CancellationToken cancellationToken)
    {
        using var turn = await queue.WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        return await ClassifierThreads.Run(
            () =>
            {
                var views = Prepare(source, queue.Limits.Decoding, read);
                turn.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                return Predict([views], top)[0];
            },
            cancellationToken).ConfigureAwait(false);
    }
}
