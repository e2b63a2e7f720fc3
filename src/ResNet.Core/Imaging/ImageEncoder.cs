using SkiaSharp;

namespace ResNet.Imaging;

/// <summary>Writes pictures as PNG files, without loss.</summary>
public static class ImageEncoder
{
    /// <summary>Writes a PNG file; an existing file is replaced only once the new one is complete.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="path">The file to write; its folder is created if it is missing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SavePng(RgbImage image, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] png = ToPng(image);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>Encodes a picture as PNG: 8 bits a channel, no alpha.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] ToPng(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        OpaquePixels.Write(image.Pixels, image.Width, bitmap.GetPixelSpan(), bitmap.RowBytes);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100)
            ?? throw new InvalidOperationException($"The picture of {image.Width}x{image.Height} could not be encoded as PNG.");
        return data.ToArray();
    }
}
