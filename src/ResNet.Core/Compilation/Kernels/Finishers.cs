using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>Finds what turns a convolution's sums into its result.</summary>
internal static unsafe class Finishers
{
    private const int Lanes = 16;

    /// <param name="source">How the convolution's map is stored: products of bytes have integer sums.</param>
    /// <param name="result">How its result is.</param>
    /// <param name="shortcut">How the shortcut is; null for none.</param>
    /// <exception cref="NotSupportedException">No network of ours has such a convolution.</exception>
    public static delegate*<in SumTile, void> Find(NumberKind source, NumberKind result, NumberKind? shortcut) => (source, result, shortcut) switch
    {
        (NumberKind.Int8, NumberKind.Int8, null) => &ByteFinisher<IntegerSums, NoShortcut>.Finish,
        (NumberKind.Int8, NumberKind.Int8, NumberKind.Int8) => &ByteFinisher<IntegerSums, ByteShortcut>.Finish,
        (NumberKind.Int8, NumberKind.Int8, NumberKind.BFloat16) => &ByteFinisher<IntegerSums, BFloat16Shortcut>.Finish,
        (NumberKind.Int8, NumberKind.Int8, NumberKind.Float32) => &ByteFinisher<IntegerSums, FloatShortcut>.Finish,
        (not NumberKind.Int8, NumberKind.Int8, null) => &ByteFinisher<FloatSums, NoShortcut>.Finish,
        (NumberKind.Int8, NumberKind.BFloat16, null) => &IntegersToBFloat16,
        (NumberKind.Int8, NumberKind.Float32, null) => &IntegersToFloat32,
        (not NumberKind.Int8, NumberKind.Float32, null or NumberKind.Float32) => &SumFinisher.ToFloat32,
        (not NumberKind.Int8, NumberKind.BFloat16, null or NumberKind.BFloat16) => &SumFinisher.ToBFloat16,
        _ => throw new NotSupportedException($"A convolution of {source} to {result} with a shortcut of {shortcut} has no finisher."),
    };

    private static void IntegersToBFloat16(in SumTile tile)
    {
        ScaleInPlace(tile);
        SumFinisher.ToBFloat16(tile);
    }

    private static void IntegersToFloat32(in SumTile tile)
    {
        ScaleInPlace(tile);
        SumFinisher.ToFloat32(tile);
    }

    /// <summary>Integer sums to float ones, where they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleInPlace(in SumTile tile)
    {
        float* sums = tile.Sums, scale = tile.Scale;
        int stride = tile.SumStride;
        for (int row = tile.Rows; row > 0; row--, sums += stride)
        {
            // Rows of sums are padded to whole vectors, and so are the scales.
            for (int column = 0; column < stride; column += Lanes)
            {
                (IntegerSums.Load(sums + column) * Vector512.Load(scale + column)).Store(sums + column);
            }
        }
    }
}
