using System.Runtime.CompilerServices;

namespace ResNet.Imaging;

/// <summary>Turns pixels that lie in somebody else's memory into red, green, blue bytes.</summary>
internal static class RawPixels
{
    public static bool Is16Bit(PixelFormat format) => LayoutOf(format).Is16Bit;

    public static RgbImage Read(ReadOnlySpan<byte> pixels, int width, int height, int strideInBytes, PixelFormat format)
    {
        Layout layout = LayoutOf(format);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long rowLength = (long)width * layout.Size;
        long distance = Math.Abs((long)strideInBytes);
        if (distance < rowLength)
        {
            throw new ArgumentException(
                $"A row of {width} pixels of {format} takes {rowLength} bytes, but the stride is {strideInBytes}; "
                + "give the distance in bytes from one row to the next.",
                nameof(strideInBytes));
        }

        long needed = ((height - 1) * distance) + rowLength;
        if (pixels.Length < needed)
        {
            throw new ArgumentException(
                $"A picture of {width}x{height} pixels of {format} with stride {strideInBytes} takes {needed} bytes, but there are {pixels.Length}.",
                nameof(pixels));
        }

        byte[] target = RgbImage.NewPixels(width, height);
        for (int y = 0; y < height; y++)
        {
            int stored = strideInBytes < 0 ? height - 1 - y : y;
            ReadRow(pixels.Slice((int)(stored * distance), (int)rowLength), target.AsSpan(3 * y * width, 3 * width), layout);
        }

        return new RgbImage(width, height, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadRow(ReadOnlySpan<byte> source, Span<byte> target, Layout layout)
    {
        if (layout is { Size: 3, Red: 0, Green: 1 })
        {
            source.CopyTo(target);
            return;
        }

        (int red, int green, int blue) = (layout.Red, layout.Green, layout.Blue);
        for (int to = 0; to < target.Length; to += 3)
        {
            target[to] = source[red];
            target[to + 1] = source[green];
            target[to + 2] = source[blue];
            source = source[layout.Size..];
        }
    }

    /// <summary>Of two bytes the second is the upper one.</summary>
    private static Layout LayoutOf(PixelFormat format) => format switch
    {
        PixelFormat.Rgb24 => new(3, 0, 1, 2),
        PixelFormat.Bgr24 => new(3, 2, 1, 0),
        PixelFormat.Rgba32 => new(4, 0, 1, 2),
        PixelFormat.Bgra32 => new(4, 2, 1, 0),
        PixelFormat.Argb32 => new(4, 1, 2, 3),
        PixelFormat.Gray8 => new(1, 0, 0, 0),
        PixelFormat.Gray16 => new(2, 1, 1, 1, Is16Bit: true),
        PixelFormat.Rgb48 => new(6, 1, 3, 5, Is16Bit: true),
        PixelFormat.Bgr48 => new(6, 5, 3, 1, Is16Bit: true),
        PixelFormat.Rgba64 => new(8, 1, 3, 5, Is16Bit: true),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such pixel format."),
    };

    /// <summary>Bytes of a pixel, and which of them become red, green and blue.</summary>
    private readonly record struct Layout(int Size, int Red, int Green, int Blue, bool Is16Bit = false);
}
