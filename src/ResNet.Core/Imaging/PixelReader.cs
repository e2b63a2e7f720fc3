using System.Buffers.Binary;
using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>From an opened codec to a picture: checks the header, then takes the pixels.</summary>
internal static class PixelReader
{
    private const string Expected = "expected a JPEG, PNG, BMP, GIF or WebP picture";

    /// <summary>Reads the picture. The stream holds the same file as the codec, or the one that it was taken out of, and can seek.</summary>
    public static PixelTarget Read(
        SKCodec? codec, Stream file, ImageFileParts parts, string name, ImageDecodeOptions options, ImageCanvas? canvas, CancellationToken cancellationToken)
    {
        if (codec is null)
        {
            throw new ImageFormatException(name, $"{Expected}, but found {FileHead.Describe(file)}; give another file.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        DecodeLimits.EnsureWithin(codec.Info.Width, codec.Info.Height, parts, name, options);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, colorspace: null);
        var target = new PixelTarget(info.Width, info.Height, options.ApplyOrientation ? Orientation(codec, file, parts) : SKEncodedOrigin.Default, canvas);
        SKCodecResult result = IsCutOffWebp(codec, file) ? SKCodecResult.IncompleteInput : StripReader.Read(codec, info, target, cancellationToken);
        return result == SKCodecResult.Success ? target : throw Damaged(codec, result, name);
    }

    /// <summary>The size of the picture that <see cref="Read"/> would give.</summary>
    public static (int Width, int Height) SizeOf(SKCodec codec, Stream file, ImageFileParts parts, ImageDecodeOptions options) =>
        options.ApplyOrientation && PixelTarget.IsTransposed(Orientation(codec, file, parts))
            ? (codec.Info.Height, codec.Info.Width)
            : (codec.Info.Width, codec.Info.Height);

    private static SKEncodedOrigin Orientation(SKCodec codec, Stream file, ImageFileParts parts) =>
        codec.EncodedFormat == SKEncodedImageFormat.Png ? PngOrientation.Read(file, parts.Exif) : codec.EncodedOrigin;

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
