using System.Runtime.InteropServices;
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
        File.WriteAllBytes(path, png);
    }

    /// <summary>Encodes a picture as PNG: 8 bits a channel, no alpha.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] ToPng(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Span<byte> rgba = bitmap.GetPixelSpan();
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            Span<int> target = MemoryMarshal.Cast<byte, int>(rgba.Slice(y * bitmap.RowBytes, 4 * image.Width));
            for (int x = 0; x < target.Length; x++)
            {
                ReadOnlySpan<byte> pixel = row.Slice(3 * x, 3);
                target[x] = pixel[0] | (pixel[1] << 8) | (pixel[2] << 16) | (0xFF << 24);
            }
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100)
            ?? throw new InvalidOperationException($"The picture of {image.Width}x{image.Height} could not be encoded as PNG.");
        return data.ToArray();
    }
}
