using System.Runtime.Intrinsics;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Changes sharpness, to the byte as torchvision does it with tensors of bytes.</summary>
internal static class Sharpening
{
    /// <summary>
    /// Mixes with a smoothed picture (3 x 3, the middle five times as heavy as its neighbours; pixels at the border with themselves): a factor
    /// of 0 gives that, 1 leaves a picture as it is, and above 1 the difference is exaggerated.
    /// </summary>
    public static void Apply(ImageCanvas canvas, double factor)
    {
        if (factor == 1 || canvas.Width <= 2 || canvas.Height <= 2)
        {
            return;
        }

        int stride = 3 * canvas.Width, height = canvas.Height;
        var (own, other) = ((float)factor, (float)(1 - factor));
        Span<byte> pixels = canvas.Replace(out ReadOnlySpan<byte> old);

        // The border is mixed with itself, which in float32 is now and then one less.
        old.CopyTo(pixels);
        for (int y = 1; y < height - 1; y++)
        {
            Smooth(old.Slice((y - 1) * stride, 3 * stride), pixels.Slice(y * stride, stride));
        }

        PixelMixing.Mix(old, pixels, pixels, own, other);
    }

    /// <summary>Smooths the second of three rows, apart from its first and last pixel.</summary>
    private static void Smooth(ReadOnlySpan<byte> three, Span<byte> target)
    {
        int stride = target.Length, end = stride - 3, i = 3;
        for (; i <= end - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            // The middle counts five times: once as the others, and four times more.
            Vector128<ushort> lower = Vector128<ushort>.Zero, upper = Vector128<ushort>.Zero;
            for (int at = i; at < i + (3 * stride); at += stride)
            {
                var (left, middle, right) = (Widen(three[(at - 3)..]), Widen(three[at..]), Widen(three[(at + 3)..]));
                lower += left.Lower + middle.Lower + right.Lower;
                upper += left.Upper + middle.Upper + right.Upper;
            }

            var own = Widen(three[(i + stride)..]);
            lower += own.Lower << 2;
            upper += own.Upper << 2;
            var (first, second) = Vector128.Widen(lower);
            var (third, fourth) = Vector128.Widen(upper);
            PixelMixing.Narrow(Thirteenth(first), Thirteenth(second), Thirteenth(third), Thirteenth(fourth)).CopyTo(target[i..]);
        }

        for (; i < end; i++)
        {
            int sum = 4 * three[i + stride];
            for (int at = i; at < i + (3 * stride); at += stride)
            {
                sum += three[at - 3] + three[at] + three[at + 3];
            }

            target[i] = (byte)((sum + 6) / 13);
        }
    }

    // Rounded to the nearest by what is cut off later; a thirteenth never lies in the middle.
    private static Vector128<float> Thirteenth(Vector128<uint> sum) =>
        (Vector128.ConvertToSingle(sum.AsInt32()) + Vector128.Create(6.5f)) * Vector128.Create(1 / 13f);

    private static (Vector128<ushort> Lower, Vector128<ushort> Upper) Widen(ReadOnlySpan<byte> bytes) => Vector128.Widen(Vector128.Create(bytes));
}
