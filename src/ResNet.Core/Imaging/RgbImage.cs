namespace ResNet.Imaging;

/// <summary>
/// A picture in managed memory: 8 bits a channel, red, green, blue interleaved, rows from top to bottom without padding.
/// It owns no native resource and is never disposed.
/// </summary>
/// <remarks>
/// The pixel array is shared, not copied: whoever writes into it writes into the picture. Everything in this namespace only reads it,
/// so one picture may be read by many threads at once.
/// </remarks>
public sealed class RgbImage
{
    /// <summary>Wraps an array of pixels; the array is kept, not copied.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels">Exactly 3 * <paramref name="width"/> * <paramref name="height"/> bytes, each 0 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is below 1.</exception>
    /// <exception cref="ArgumentException">The array has another length than width and height ask for.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != 3L * width * height)
        {
            throw new ArgumentException(
                $"A picture of {width}x{height} takes {3L * width * height} bytes (3 a pixel), but the array has {pixels.Length}.", nameof(pixels));
        }

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>
    /// The pixels themselves: channel c (0 red, 1 green, 2 blue) of the pixel in column x of row y is at 3 * (y * Width + x) + c.
    /// </summary>
    public byte[] Pixels { get; }

    /// <summary>An array for a picture of this size whose every byte will be written before anyone reads it.</summary>
    internal static byte[] NewPixels(int width, int height)
    {
        long length = 3L * width * height;
        if (length > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A picture of {width}x{height} takes {length} bytes, but one array holds at most {Array.MaxLength}; ask for a smaller one.",
                nameof(width));
        }

        return GC.AllocateUninitializedArray<byte>((int)length);
    }

    internal ReadOnlySpan<byte> Row(int y) => Pixels.AsSpan(3 * y * Width, 3 * Width);
}
