using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using ResNet.Imaging;

namespace ResNet.Inference;

public sealed partial class ImageClassifier
{
    /// <summary>
    /// Classifies picture files of any number. Files are decoded ahead, while the network works; batches are formed; results come in the
    /// order of the files.
    /// </summary>
    /// <param name="paths">The files; enumerated on another thread, as far as there is room for their pictures.</param>
    /// <param name="top">How many classes to return for each, at least 1; all if there are fewer. Default: 5.</param>
    /// <param name="options">Batch size, workers, and what happens on a file that cannot be read. Default: <see cref="BulkOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends it at any moment.</param>
    /// <returns>One result a file, while they are enumerated; each enumeration begins anew.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed, now or while it is enumerated.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>
    /// <para>A file that cannot be read becomes a result with <see cref="ImagePrediction.Error"/>, unless the options say otherwise. An
    /// exception of <paramref name="paths"/> itself comes after the results of the files before it.</para>
    /// <para>A batch goes to the network when it is full, or when the source has no further path ready: a slow source delays nothing that
    /// is there already. Which pictures share a batch may change the last digits of a probability.</para>
    /// <para>However the enumeration ends, by its last file, by leaving the loop, by an exception or by cancellation, its tasks have ended
    /// and its files are closed when it has. A source that is blocked is waited for.</para>
    /// </remarks>
    public IAsyncEnumerable<ImagePrediction> ClassifyAsync(
        IEnumerable<string> paths, int top = DefaultTop, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return ClassifyAsync(paths.ToAsyncEnumerable(), top, options, cancellationToken);
    }

    /// <summary>
    /// Classifies picture files whose names come one by one, such as from a queue or a watched folder. Where the source waits, it must honour
    /// the token that its enumeration is given.
    /// </summary>
    /// <inheritdoc cref="ClassifyAsync(IEnumerable{string}, int, BulkOptions?, CancellationToken)"/>
    public IAsyncEnumerable<ImagePrediction> ClassifyAsync(
        IAsyncEnumerable<string> paths, int top = DefaultTop, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        options ??= BulkOptions.Default;
        options.EnsureValid();
        CheckCall(top);
        return ClassifyAll(paths, top, options, cancellationToken);
    }

    private async IAsyncEnumerable<ImagePrediction> ClassifyAll(
        IAsyncEnumerable<string> paths, int top, BulkOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int most = PicturesPerBatch(options.BatchSize);
        var queue = new PictureQueue(paths, Read, 2 * most, options.WorkerCount, cancellationToken);
        await using (queue.ConfigureAwait(false))
        {
            while (await queue.TakeAsync(most, cancellationToken).ConfigureAwait(false) is { Count: > 0 } batch)
            {
                // On other threads, since the continuation may be on one of a user interface, or of the pool, which must not wait for the network.
                var results = await ClassifierThreads.Run(() => Answer(batch, top), CancellationToken.None).ConfigureAwait(false);
                foreach (var result in results)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (result.Error is { } fault && (options.OnError == BulkErrorHandling.Throw || !IsOfFile(fault)))
                    {
                        ExceptionDispatchInfo.Throw(fault);
                    }

                    yield return result;
                }
            }
        }

        IReadOnlyList<RgbImage> Read(string path) => Prepare(path, options.Decoding, (file, decoding) => ImageDecoder.Decode(file, decoding, cancellationToken));
    }

    private List<ImagePrediction> Answer(List<PreparedPicture> batch, int top)
    {
        IReadOnlyList<RgbImage>[] pictures = [.. batch.Where(picture => picture.Views is not null).Select(picture => picture.Views!)];
        var answers = pictures.Length == 0 ? [] : Predict(pictures, top);
        int next = 0;
        return batch.ConvertAll(picture => new ImagePrediction(picture.Path, picture.Views is null ? [] : answers[next++]) { Error = picture.Error });
    }

    /// <summary>Whether it is a picture file's fault, so that other files may still be read.</summary>
    internal static bool IsOfFile(Exception fault) =>
        fault is ImageFormatException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
