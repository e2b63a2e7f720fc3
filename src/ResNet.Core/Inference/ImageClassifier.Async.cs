using ResNet.Imaging;

namespace ResNet.Inference;

public sealed partial class ImageClassifier
{
    /// <summary>Classifies a picture file on a thread of the pool.</summary>
    /// <param name="path">The file (formats: <see cref="ImageDecoder"/>), or a pipe such as <c>/dev/stdin</c>.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the call before it begins, while it waits for a pipe, or between decoding and the network.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is no picture, or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<IReadOnlyList<Prediction>> ClassifyAsync(string path, int top = DefaultTop, CancellationToken cancellationToken = default) =>
        OnPool(path, path => ImageDecoder.Decode(path, options: null, cancellationToken), top, cancellationToken);

    /// <summary>Classifies a picture read from a stream, which stays open. It is read asynchronously: a web request's body will do.</summary>
    /// <param name="stream">The stream, from where it stands to its end. Its bytes are held in memory: bound what strangers may send.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the call while the stream is read, or between decoding and the network.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ImageFormatException">The content is no picture, or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<IReadOnlyList<Prediction>> ClassifyAsync(Stream stream, int top = DefaultTop, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckCall(top);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
        memory.Position = 0;
        return await OnPool(memory, static memory => ImageDecoder.Decode(memory.GetBuffer().AsSpan(0, (int)memory.Length), "the stream"), top, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Classifies a picture given as the bytes of its file, on a thread of the pool.</summary>
    /// <param name="bytes">The content of a picture file; it must stay as it is until the task is done.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the call before it begins, or between decoding and the network.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ImageFormatException">The bytes are no picture, or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<IReadOnlyList<Prediction>> ClassifyAsync(ReadOnlyMemory<byte> bytes, int top = DefaultTop, CancellationToken cancellationToken = default) =>
        OnPool(bytes, static bytes => ImageDecoder.Decode(bytes.Span, "the bytes"), top, cancellationToken);

    /// <summary>Classifies a picture that is decoded already, on a thread of the pool.</summary>
    /// <param name="image">The picture, of any size, before preprocessing; it must stay as it is until the task is done.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="cancellationToken">Ends the call before it begins, or between preprocessing and the network.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<IReadOnlyList<Prediction>> ClassifyAsync(RgbImage image, int top = DefaultTop, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OnPool(image, static image => image, top, cancellationToken);
    }

    private Task<IReadOnlyList<Prediction>> OnPool<T>(T source, Func<T, RgbImage> read, int top, CancellationToken cancellationToken)
    {
        CheckCall(top);
        return Task.Run(
            () =>
            {
                var views = Prepare(source, read);
                cancellationToken.ThrowIfCancellationRequested();
                return Predict([views], top)[0];
            },
            cancellationToken);
    }
}
