using System.Runtime.InteropServices;

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

    /// <summary>Makes a picture of raw pixels, such as a camera, a video decoder or another imaging library gives them; they are copied.</summary>
    /// <param name="pixels">The memory, from the first byte of the row that is stored first. More of it than needed does no harm.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="strideInBytes">
    /// Bytes from the start of one row to the start of the next, at least a row's own. Negative: the memory holds the bottom row first, as
    /// Windows bitmaps do; <paramref name="pixels"/> begins with it nevertheless, not with the top row.
    /// </param>
    /// <param name="format">How a pixel lies in memory.</param>
    /// <returns>A new picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is below 1, or there is no such format.</exception>
    /// <exception cref="ArgumentException">The stride is shorter than a row, the memory ends before the picture does, or the picture is too
    /// large for one array.</exception>
    public static RgbImage FromPixels(ReadOnlySpan<byte> pixels, int width, int height, int strideInBytes, PixelFormat format) =>
        RawPixels.Read(pixels, width, height, strideInBytes, format);

    /// <summary>Makes a picture of raw 16-bit pixels, of which the upper byte is kept.</summary>
    /// <param name="pixels">The memory, from the first number of the row that is stored first.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="strideInBytes">Bytes, not numbers, from the start of one row to the start of the next; negative for bottom-up pictures.</param>
    /// <param name="format">One of 16 bits a channel.</param>
    /// <returns>A new picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is below 1, or there is no such format.</exception>
    /// <exception cref="ArgumentException">The format has 8 bits a channel, the stride is shorter than a row, the memory ends before the picture
    /// does, or the picture is too large for one array.</exception>
    /// <remarks>Cameras of 10 or 12 bits put them at the lower end; shift their numbers up first.</remarks>
    public static RgbImage FromPixels(ReadOnlySpan<ushort> pixels, int width, int height, int strideInBytes, PixelFormat format)
    {
        if (!RawPixels.Is16Bit(format))
        {
            throw new ArgumentException($"{format} has 8 bits a channel, but the pixels have 16; pass bytes, or Gray16, Rgb48, Bgr48 or Rgba64.", nameof(format));
        }

        return RawPixels.Read(MemoryMarshal.AsBytes(pixels), width, height, strideInBytes, format);
    }

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

    /// <summary>A copy with left and right exchanged.</summary>
    internal RgbImage Mirrored()
    {
        byte[] pixels = NewPixels(Width, Height);
        int stride = 3 * Width;
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<byte> from = Row(y);
            Span<byte> to = pixels.AsSpan(y * stride, stride);
            for (int left = 0, right = stride - 3; right >= 0; left += 3, right -= 3)
            {
                to[left + 2] = from[right + 2];
                to[left + 1] = from[right + 1];
                to[left] = from[right];
            }
        }

        return new RgbImage(Width, Height, pixels);
    }

    internal ReadOnlySpan<byte> Row(int y) => Pixels.AsSpan(3 * y * Width, 3 * Width);
}
