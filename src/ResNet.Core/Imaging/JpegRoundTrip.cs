using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>What JPEG's compression does to a picture: encoded and decoded again, in memory.</summary>
internal static class JpegRoundTrip
{
    /// <summary>Compresses as Pillow's <c>save(…, quality=…)</c> does by default: baseline, colours at half the resolution (4:2:0).</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="quality">1 (coarsest) to 100, the Independent JPEG Group's scale.</param>
    public static void Apply(ImageCanvas canvas, int quality)
    {
        using SKData file = Encode(canvas, quality);
        ImageDecoder.Decode(file.AsSpan(), "a picture compressed in memory", canvas);
    }

    private static SKData Encode(ImageCanvas canvas, int quality)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(canvas.Width, canvas.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKPixmap pixels = bitmap.PeekPixels();
        OpaquePixels.Write(canvas.Read(), canvas.Width, bitmap.GetPixelSpan(), bitmap.RowBytes);
        using var stream = new SKDynamicMemoryWStream();
        var options = new SKJpegEncoderOptions(quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore);
        return pixels.Encode(stream, options)
            ? stream.DetachAsData()
            : throw new ArgumentException(
                $"The picture of {canvas.Width}x{canvas.Height} could not be encoded as JPEG, whose sides are at most 65,500 pixels; crop it first.", nameof(canvas));
    }
}
