using ResNet.Imaging;

namespace ResNet.Inference;

public sealed partial class ImageClassifier
{
    /// <summary>Classifies raw pixels, such as a camera's frame.</summary>
    /// <param name="pixels">The memory, from the first byte of the row that is stored first.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="strideInBytes">Bytes from the start of one row to the start of the next; negative for bottom-up pictures
    /// (see <see cref="RgbImage.FromPixels(ReadOnlySpan{byte}, int, int, int, PixelFormat)"/>).</param>
    /// <param name="format">How a pixel lies in memory.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/>, the width or the height is below 1.</exception>
    /// <exception cref="ArgumentException">The stride is shorter than a row, or the memory ends before the picture does.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public IReadOnlyList<Prediction> Classify(
        ReadOnlySpan<byte> pixels, int width, int height, int strideInBytes, PixelFormat format, int top = DefaultTop) =>
        ClassifyOne(pixels, (pixels, _) => RgbImage.FromPixels(pixels, width, height, strideInBytes, format), top, CancellationToken.None);

    /// <summary>Classifies raw 16-bit pixels, of which the upper byte counts.</summary>
    /// <param name="pixels">The memory, from the first number of the row that is stored first.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="strideInBytes">Bytes, not numbers, from the start of one row to the start of the next; negative for bottom-up pictures.</param>
    /// <param name="format">One of 16 bits a channel.</param>
    /// <param name="top">How many classes to return, at least 1; all if there are fewer. Default: 5.</param>
    /// <returns>The most probable classes, the first one first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/>, the width or the height is below 1.</exception>
    /// <exception cref="ArgumentException">The format has 8 bits a channel, the stride is shorter than a row, or the memory ends before the
    /// picture does.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public IReadOnlyList<Prediction> Classify(
        ReadOnlySpan<ushort> pixels, int width, int height, int strideInBytes, PixelFormat format, int top = DefaultTop) =>
        ClassifyOne(pixels, (pixels, _) => RgbImage.FromPixels(pixels, width, height, strideInBytes, format), top, CancellationToken.None);
}
