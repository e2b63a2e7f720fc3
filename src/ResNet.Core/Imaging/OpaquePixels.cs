using System.Runtime.InteropServices;

namespace ResNet.Imaging;

/// <summary>Pixels as encoders take them: red, green, blue and an alpha of 255.</summary>
internal static class OpaquePixels
{
    /// <summary>Copies a picture.</summary>
    /// <param name="pixels">Red, green, blue interleaved, rows without padding.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="target">4 bytes a pixel are written.</param>
    /// <param name="targetStride">Bytes from row to row of the target.</param>
    public static void Write(ReadOnlySpan<byte> pixels, int width, Span<byte> target, int targetStride)
    {
        for (int y = 0; y < pixels.Length / (3 * width); y++)
        {
            ReadOnlySpan<byte> from = pixels.Slice(3 * y * width, 3 * width);
            Span<int> row = MemoryMarshal.Cast<byte, int>(target.Slice(y * targetStride, 4 * width));
            for (int x = 0; x < row.Length; x++)
            {
                ReadOnlySpan<byte> pixel = from.Slice(3 * x, 3);
                row[x] = pixel[0] | (pixel[1] << 8) | (pixel[2] << 16) | (0xFF << 24);
            }
        }
    }
}
