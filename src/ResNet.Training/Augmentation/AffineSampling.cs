using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Shears, turns and moves pictures, which keep their size: each pixel is the nearest one of the old picture, or black where there is none,
/// as torchvision does it with tensors (apart from places exactly between two pixels).
/// </summary>
internal static class AffineSampling
{
    // Places are counted in 2^-32 of a pixel.
    private const double One = 1L << 32;

    /// <summary>Moves each row to the left by the given share of its distance from the top edge.</summary>
    public static void ShearX(ImageCanvas canvas, double share) => Sample(canvas, 1, share, 0.5 * share, 0, 1, 0);

    /// <summary>Moves each column up by the given share of its distance from the left edge.</summary>
    public static void ShearY(ImageCanvas canvas, double share) => Sample(canvas, 1, 0, 0, share, 1, 0.5 * share);

    /// <summary>Moves the picture; positive numbers to the right and down. Only noted, as every crop.</summary>
    public static void Translate(ImageCanvas canvas, int right, int down)
    {
        if ((right, down) != (0, 0))
        {
            canvas.Crop(-right, -down, canvas.Width, canvas.Height);
        }
    }

    /// <summary>Turns the picture counter-clockwise about its middle.</summary>
    public static void Rotate(ImageCanvas canvas, double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        double middleX = 0.5 * (canvas.Width - 1), middleY = 0.5 * (canvas.Height - 1);
        Sample(
            canvas,
            cosine,
            -sine,
            middleX - (cosine * middleX) + (sine * middleY),
            sine,
            cosine,
            middleY - (sine * middleX) - (cosine * middleY));
    }

    /// <summary>The new pixel (x, y) is the old one at (xx x + xy y + x0, yx x + yy y + y0), in indices.</summary>
    private static void Sample(ImageCanvas canvas, double xx, double xy, double x0, double yx, double yy, double y0)
    {
        if ((xx, xy, x0, yx, yy, y0) == (1, 0, 0, 0, 1, 0))
        {
            return;
        }

        int width = canvas.Width, height = canvas.Height;
        Span<byte> pixels = canvas.Replace(out ReadOnlySpan<byte> old);
        ref byte to = ref MemoryMarshal.GetReference(pixels);
        ref byte from = ref MemoryMarshal.GetReference(old);
        long stepX = (long)(xx * One), stepY = (long)(yx * One);
        for (int y = 0; y < height; y++)
        {
            long atX = (long)Math.Floor(((xy * y) + x0 + 0.5) * One), atY = (long)Math.Floor(((yy * y) + y0 + 0.5) * One);
            for (int x = 0; x < width; x++)
            {
                int oldX = (int)(atX >> 32), oldY = (int)(atY >> 32);
                if ((uint)oldX < (uint)width && (uint)oldY < (uint)height)
                {
                    ref byte pixel = ref Unsafe.Add(ref from, 3 * ((nint)(oldY * width) + oldX));
                    to = pixel;
                    Unsafe.Add(ref to, 1) = Unsafe.Add(ref pixel, 1);
                    Unsafe.Add(ref to, 2) = Unsafe.Add(ref pixel, 2);
                }
                else
                {
                    to = 0;
                    Unsafe.Add(ref to, 1) = 0;
                    Unsafe.Add(ref to, 2) = 0;
                }

                to = ref Unsafe.Add(ref to, 3);
                atX += stepX;
                atY += stepY;
            }
        }
    }
}
