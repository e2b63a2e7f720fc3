using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>
/// Takes the pixels out of a codec in strips of rows, so that the 4 bytes a pixel which codecs write do not exist for a whole large photo.
/// </summary>
internal static unsafe class StripReader
{
    /// <summary>A JPEG's strip stays in the second-level cache.</summary>
    private const int JpegStripBytes = 256 << 10;

    /// <summary>Other codecs begin at the top of the file again for every strip, so theirs are few.</summary>
    private const int OtherStripBytes = 64 << 20;

    /// <summary>
    /// WebP stores colours at half the height and interpolates them between rows, but not past a strip's edge. Even, as it wants its strips.
    /// </summary>
    private const int WebpOverlap = 2;

    /// <summary>Bytes of the strip that <see cref="Read(SKCodec, SKImageInfo, PixelTarget, CancellationToken)"/> takes.</summary>
    public static long MemorySize(long pixelCount, int width, ImageFileFormat format) => format switch
    {
        ImageFileFormat.Gif => 4 * pixelCount,
        ImageFileFormat.Jpeg => Math.Min(4 * pixelCount, JpegStripBytes),
        _ => Math.Min(4 * pixelCount, Math.Max(OtherStripBytes, 8L * width)),
    };

    public static SKCodecResult Read(SKCodec codec, SKImageInfo info, PixelTarget target, CancellationToken cancellationToken) =>
        Read(codec, info, target, codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? JpegStripBytes : OtherStripBytes, cancellationToken);

    public static SKCodecResult Read(SKCodec codec, SKImageInfo info, PixelTarget target, int stripBytes, CancellationToken cancellationToken = default)
    {
        int height = codec.EncodedFormat == SKEncodedImageFormat.Gif
            ? info.Height
            : Math.Min(Math.Max(stripBytes / info.RowBytes & ~1, 2), info.Height);
        byte[] buffer = DecodeScratch.Strip(target.Canvas, checked((height + (2 * WebpOverlap)) * info.RowBytes));
        try
        {
            fixed (byte* strip = buffer)
            {
                return (codec.EncodedFormat, height == info.Height) switch
                {
                    (SKEncodedImageFormat.Jpeg, _) => ReadScanlines(codec, info, target, strip, height, cancellationToken),
                    (_, true) => ReadWhole(codec, info, target, strip),
                    (SKEncodedImageFormat.Bmp, _) => ReadScanlines(codec, info, target, strip, height: 1, cancellationToken),
                    (SKEncodedImageFormat.Png, _) => ReadParts(codec, info, target, strip, height, overlap: 0, ReadPngPart, cancellationToken),
                    _ => ReadParts(codec, info, target, strip, height, WebpOverlap, ReadWebpPart, cancellationToken),
                };
            }
        }
        finally
        {
            DecodeScratch.Return(target.Canvas, buffer);
        }
    }

    private delegate SKCodecResult PartReader(SKCodec codec, SKImageInfo info, byte* strip, SKRectI part);

    private static SKCodecResult ReadWhole(SKCodec codec, SKImageInfo info, PixelTarget target, byte* pixels)
    {
        SKCodecResult result = codec.GetPixels(info, (nint)pixels, info.RowBytes, SKCodecOptions.Default);
        if (result == SKCodecResult.Success)
        {
            target.Write(0, info.Height, pixels, info.RowBytes);
        }

        return result;
    }

    private static SKCodecResult ReadScanlines(SKCodec codec, SKImageInfo info, PixelTarget target, byte* strip, int height, CancellationToken cancellationToken)
    {
        SKCodecResult result = codec.StartScanlineDecode(info);
        for (int y = 0; y < info.Height && result == SKCodecResult.Success; y += height)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(height, info.Height - y);
            if (codec.GetScanlines((nint)strip, count, info.RowBytes) < count)
            {
                return SKCodecResult.IncompleteInput;
            }

            // A BMP is stored from the bottom up, and read one row at a time.
            target.Write(height == 1 ? codec.GetOutputScanline(y) : y, count, strip, info.RowBytes);
        }

        return result;
    }

    private static SKCodecResult ReadParts(
        SKCodec codec, SKImageInfo info, PixelTarget target, byte* strip, int height, int overlap, PartReader read, CancellationToken cancellationToken)
    {
        SKCodecResult result = SKCodecResult.Success;
        for (int y = 0; y < info.Height && result == SKCodecResult.Success; y += height)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(height, info.Height - y);
            int top = Math.Max(0, y - overlap);
            result = read(codec, info, strip, new SKRectI(0, top, info.Width, Math.Min(info.Height, y + count + overlap)));
            if (result == SKCodecResult.Success)
            {
                target.Write(y, count, strip + ((long)(y - top) * info.RowBytes), info.RowBytes);
            }
        }

        return result;
    }

    private static SKCodecResult ReadPngPart(SKCodec codec, SKImageInfo info, byte* strip, SKRectI part)
    {
        SKCodecResult result = codec.StartIncrementalDecode(info, (nint)strip, info.RowBytes, new SKCodecOptions(part));
        return result == SKCodecResult.Success ? codec.IncrementalDecode() : result;
    }

    private static SKCodecResult ReadWebpPart(SKCodec codec, SKImageInfo info, byte* strip, SKRectI part) =>
        codec.GetPixels(info.WithSize(part.Width, part.Height), (nint)strip, info.RowBytes, new SKCodecOptions(part));
}
