using System.Buffers.Binary;
using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>From an opened codec to a picture: checks the header, then takes the pixels.</summary>
internal static class PixelReader
{
    private const string Expected = "expected a JPEG, PNG, BMP, GIF or WebP picture";

    /// <summary>Reads the picture. The stream holds the same file as the codec, and can seek.</summary>
    public static PixelTarget Read(SKCodec? codec, Stream file, string name, ImageDecodeOptions options, ImageCanvas? canvas)
    {
        if (codec is null)
        {
            throw new ImageFormatException(name, $"{Expected}, but found {FileHead.Describe(file)}; give another file.");
        }

        EnsureSupported(codec.EncodedFormat, name);
        EnsureWithinLimits(codec.Info.Width, codec.Info.Height, name, options.MaxPixelCount);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
        var target = new PixelTarget(info.Width, info.Height, options.ApplyOrientation ? Orientation(codec, file) : SKEncodedOrigin.Default, canvas);
        SKCodecResult result = IsCutOffWebp(codec, file) ? SKCodecResult.IncompleteInput : StripReader.Read(codec, info, target);
        return result == SKCodecResult.Success ? target : throw Damaged(codec, result, name);
    }

    /// <summary>The size of the picture that <see cref="Read"/> would give.</summary>
    public static (int Width, int Height) SizeOf(SKCodec codec, Stream file, ImageDecodeOptions options) =>
        options.ApplyOrientation && PixelTarget.IsTransposed(Orientation(codec, file))
            ? (codec.Info.Height, codec.Info.Width)
            : (codec.Info.Width, codec.Info.Height);

    private static SKEncodedOrigin Orientation(SKCodec codec, Stream file) =>
        codec.EncodedFormat == SKEncodedImageFormat.Png ? PngOrientation.Read(file) : codec.EncodedOrigin;

    /// <summary>
    /// A WebP says its length at the start. Its metadata stands at the end: without this check a cut could lose the orientation unnoticed.
    /// </summary>
    private static bool IsCutOffWebp(SKCodec codec, Stream file)
    {
        if (codec.EncodedFormat != SKEncodedImageFormat.Webp)
        {
            return false;
        }

        const int LengthPosition = 4, CountedFrom = 8, Padding = 1;
        Span<byte> length = stackalloc byte[sizeof(uint)];
        file.Position = LengthPosition;
        file.ReadExactly(length);
        return file.Length + Padding < CountedFrom + (long)BinaryPrimitives.ReadUInt32LittleEndian(length);
    }

    private static void EnsureSupported(SKEncodedImageFormat format, string name)
    {
        if (format is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Bmp
            or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Webp))
        {
            throw new ImageFormatException(name, $"{Expected}, but found a picture of format {format}; convert it first.");
        }
    }

    private static void EnsureWithinLimits(int width, int height, string name, long? maxPixelCount)
    {
        long count = (long)width * height;
        if (count > maxPixelCount)
        {
            throw new ImageFormatException(
                name,
                $"the header says {width}x{height}, {count} pixels, but at most {maxPixelCount} are allowed; "
                + $"raise {nameof(ImageDecodeOptions)}.{nameof(ImageDecodeOptions.MaxPixelCount)} if the file can be trusted.");
        }

        if (3 * count > Array.MaxLength)
        {
            throw new ImageFormatException(
                name, $"the header says {width}x{height}, {count} pixels, but no array holds more than {Array.MaxLength / 3}; use a smaller picture.");
        }
    }

    private static ImageFormatException Damaged(SKCodec codec, SKCodecResult result, string name)
    {
        string picture = $"{codec.EncodedFormat.ToString().ToUpperInvariant()} of {codec.Info.Width}x{codec.Info.Height}";
        string found = result switch
        {
            SKCodecResult.IncompleteInput => $"the data of the {picture} ends before the picture does: the file is cut off",
            SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput => $"the data of the {picture} is damaged or cut off",
            _ => $"the {picture} cannot be decoded ({result})",
        };
        return new ImageFormatException(name, $"{found}; fetch or save the file again.");
    }
}
