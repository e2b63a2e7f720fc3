using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResNet.Compilation;

/// <summary>What follows the sums of a convolution while they are in the first-level cache: bias, shortcut, ReLU, rounding.</summary>
/// <remarks>A tile's fields are copied to locals first: the stores to memory would make the compiler read them again and again.</remarks>
internal static unsafe class SumFinisher
{
    private const int Lanes = 16;

    /// <summary>Float sums to float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToFloat32(in SumTile tile)
    {
        var floor = Vector512.Create(tile.Floor);
        float lowest = tile.Floor;
        float* sums = tile.Sums, bias = tile.Bias, target = (float*)tile.Target, shortcut = (float*)tile.Shortcut;
        int columns = tile.Columns, sumStride = tile.SumStride;
        long stride = tile.TargetStride;
        for (int row = tile.Rows; row > 0; row--)
        {
            int column = 0;
            for (; column + Lanes <= columns; column += Lanes)
            {
                var value = Vector512.Load(sums + column) + Vector512.Load(bias + column);
                if (shortcut != null)
                {
                    value += Vector512.Load(shortcut + column);
                }

                Vector512.MaxNative(floor, value).Store(target + column);
            }

            for (; column < columns; column++)
            {
                float value = sums[column] + bias[column] + (shortcut == null ? 0 : shortcut[column]);
                target[column] = value < lowest ? lowest : value;
            }

            sums += sumStride;
            target += stride;
            shortcut = shortcut == null ? null : shortcut + stride;
        }
    }

    /// <summary>Float sums to bfloat16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToBFloat16(in SumTile tile)
    {
        var floor = Vector512.Create(tile.Floor);
        float* sums = tile.Sums, bias = tile.Bias;
        ushort* target = (ushort*)tile.Target, shortcut = (ushort*)tile.Shortcut;
        int vectors = tile.Columns & ~((2 * Lanes) - 1), sumStride = tile.SumStride;
        long stride = tile.TargetStride;
        for (int row = tile.Rows; row > 0; row--)
        {
            for (int column = 0; column < vectors; column += 2 * Lanes)
            {
                var low = Vector512.Load(sums + column) + Vector512.Load(bias + column);
                var high = Vector512.Load(sums + column + Lanes) + Vector512.Load(bias + column + Lanes);
                if (shortcut != null)
                {
                    low += Expand(Vector256.Load(shortcut + column));
                    high += Expand(Vector256.Load(shortcut + column + Lanes));
                }

                Round(Vector512.MaxNative(floor, low), Vector512.MaxNative(floor, high)).Store(target + column);
            }

            sums += sumStride;
            target += stride;
            shortcut = shortcut == null ? null : shortcut + stride;
        }

        if (vectors < tile.Columns)
        {
            LastColumnsToBFloat16(tile, vectors);
        }
    }

    private static void LastColumnsToBFloat16(in SumTile tile, int first)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            long start = row * tile.TargetStride;
            for (int column = first; column < tile.Columns; column++)
            {
                float value = tile.Sums[((long)row * tile.SumStride) + column] + tile.Bias[column]
                    + (tile.Shortcut == null ? 0 : BFloat16Bits.Expand(((ushort*)tile.Shortcut)[start + column]));
                ((ushort*)tile.Target)[start + column] = BFloat16Bits.Round(value < tile.Floor ? tile.Floor : value);
            }
        }
    }

    /// <summary>bfloat16 numbers as floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Expand(Vector256<ushort> values)
    {
        var wide = Avx512F.IsSupported
            ? Avx512F.ConvertToVector512UInt32(values)
            : Vector512.Create(Vector256.WidenLower(values), Vector256.WidenUpper(values));
        return (wide << 16).AsSingle();
    }

    /// <summary>To the nearest; ties, which sums of many products hardly ever are, away from zero: a third of the instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> Round(Vector512<float> low, Vector512<float> high)
    {
        var half = Vector512.Create(0x8000u);
        var first = low.AsUInt32() + half;
        var second = high.AsUInt32() + half;
        if (!Avx512BW.IsSupported)
        {
            return Vector512.Narrow(first >> 16, second >> 16);
        }

        var upperHalves = Vector512.Create(
            (ushort)1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 43, 45, 47, 49, 51, 53, 55, 57, 59, 61, 63);
        return Avx512BW.PermuteVar32x16x2(first.AsUInt16(), upperHalves, second.AsUInt16());
    }
}
