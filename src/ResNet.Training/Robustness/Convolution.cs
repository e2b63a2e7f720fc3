using System.Buffers;
using System.Numerics;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Weighted sums of neighbours, in float32 and rounded down at the very end; weights must add up to 1.</summary>
/// <remarks>A sum of a thousandth below a whole number counts as that number: a plain area must stay as it is.</remarks>
internal static class Convolution
{
    private const float Tolerance = 1f / 1024;

    /// <summary>Sums up the pixels that are named.</summary>
    public static void Apply(ImageCanvas canvas, ReadOnlySpan<KernelTap> taps, Border border)
    {
        int reach = 0;
        foreach (var tap in taps)
        {
            reach = Math.Max(reach, Math.Max(Math.Abs(tap.X), Math.Abs(tap.Y)));
        }

        var (width, height) = (canvas.Width, canvas.Height);
        using var padded = new PaddedPixels(canvas, reach, border);
        float[] sums = ArrayPool<float>.Shared.Rent(3 * width);
        Span<float> row = sums.AsSpan(0, 3 * width);
        Span<byte> pixels = canvas.Edit();
        for (int y = 0; y < height; y++)
        {
            row.Clear();
            foreach (var tap in taps)
            {
                Add(padded.Row(y + tap.Y)[(3 * (reach + tap.X))..], tap.Weight, row);
            }

            Round(row, pixels.Slice(3 * y * width, 3 * width));
        }

        ArrayPool<float>.Shared.Return(sums);
    }

    /// <summary>Applies the weights, whose middle one is the pixel's own, along columns and then along rows. Beyond the border, the pixel at it.</summary>
    public static void ApplyAlongBoth(ImageCanvas canvas, ReadOnlySpan<float> weights)
    {
        int reach = weights.Length / 2;
        var (width, height) = (canvas.Width, canvas.Height);
        using var padded = new PaddedPixels(canvas, reach, Border.Repeated);
        float[] sums = ArrayPool<float>.Shared.Rent(padded.Stride + (3 * width));
        Span<float> column = sums.AsSpan(0, padded.Stride), row = sums.AsSpan(padded.Stride, 3 * width);
        Span<byte> pixels = canvas.Edit();
        for (int y = 0; y < height; y++)
        {
            column.Clear();
            row.Clear();
            for (int i = 0; i < weights.Length; i++)
            {
                Add(padded.Row(y + i - reach), weights[i], column);
            }

            for (int i = 0; i < weights.Length; i++)
            {
                Add(column[(3 * i)..], weights[i], row);
            }

            Round(row, pixels.Slice(3 * y * width, 3 * width));
        }

        ArrayPool<float>.Shared.Return(sums);
    }

    private static void Add(ReadOnlySpan<float> source, float weight, Span<float> target)
    {
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Span<float> part = target.Slice(i, Vector<float>.Count);
            ((new Vector<float>(source.Slice(i, Vector<float>.Count)) * weight) + new Vector<float>(part)).CopyTo(part);
        }

        for (; i < target.Length; i++)
        {
            target[i] += source[i] * weight;
        }
    }

    private static void Round(ReadOnlySpan<float> sums, Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = PixelMixing.ToByte(sums[i] + Tolerance);
        }
    }
}
