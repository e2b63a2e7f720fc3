using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Imaging;

/// <summary>The two inner loops of a resize: along a row, and across rows. Sums in 32 bits, rounded and clipped after each.</summary>
/// <remarks>Optimised at once: a program that reads a few hundred photos would end before tiered compilation gets to these loops.</remarks>
internal static unsafe class ResizeKernels
{
    /// <summary>Bytes that may be read behind a source row and written behind a target row.</summary>
    public const int Slack = Lanes;

    private const int Lanes = 16;

    /// <summary>Averages along a row of RGB pixels. Reads one byte and writes one byte past the end of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AlongRow(byte* source, byte* target, ResizeWeights weights)
    {
        for (int x = 0; x < weights.Length; x++)
        {
            byte* pixel = source + (3 * weights.Start(x));
            Vector128<int> sum = Vector128.Create(ResizeWeights.Half);
            foreach (int weight in weights.Weights(x))
            {
                Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<uint>(pixel)).AsByte();
                sum += Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32() * weight;
                pixel += 3;
            }

            Vector128<ushort> narrow = Vector128.Narrow(Clipped(sum), Vector128<uint>.Zero);
            Unsafe.WriteUnaligned(target + (3 * x), Vector128.Narrow(narrow, narrow).AsUInt32().ToScalar());
        }
    }

    /// <summary>Averages the bytes of several rows, one above the other, into one row of <paramref name="length"/> bytes.</summary>
    /// <param name="rows">As many rows as weights, each readable for <paramref name="length"/> + <see cref="Slack"/> bytes.</param>
    /// <param name="weights">The rows' weights.</param>
    /// <param name="target">Exactly <paramref name="length"/> bytes are written.</param>
    /// <param name="length">Bytes in a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AcrossRows(byte** rows, ReadOnlySpan<int> weights, byte* target, int length)
    {
        int i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            Average(rows, weights, i).Store(target + i);
        }

        if (i < length)
        {
            byte* rest = stackalloc byte[Lanes];
            Average(rows, weights, i).Store(rest);
            Unsafe.CopyBlockUnaligned(target + i, rest, (uint)(length - i));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Average(byte** rows, ReadOnlySpan<int> weights, int offset)
    {
        Vector128<int> sum0 = Vector128.Create(ResizeWeights.Half);
        Vector128<int> sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (int t = 0; t < weights.Length; t++)
        {
            Vector128<int> weight = Vector128.Create(weights[t]);
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.Load(rows[t] + offset));
            sum0 += Vector128.WidenLower(lower).AsInt32() * weight;
            sum1 += Vector128.WidenUpper(lower).AsInt32() * weight;
            sum2 += Vector128.WidenLower(upper).AsInt32() * weight;
            sum3 += Vector128.WidenUpper(upper).AsInt32() * weight;
        }

        return Vector128.Narrow(
            Vector128.Narrow(Clipped(sum0), Clipped(sum1)),
            Vector128.Narrow(Clipped(sum2), Clipped(sum3)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Clipped(Vector128<int> sum) =>
        Vector128.Min(Vector128.Max(sum >> ResizeWeights.FractionBits, Vector128<int>.Zero), Vector128.Create(255)).AsUInt32();
}
