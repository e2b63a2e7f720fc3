using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResNet.Compilation;

/// <summary>
/// What follows the sums of a convolution whose result is stored as bytes. Scales and biases count in steps of the result, so that a sum takes one multiplication;
/// ReLU is what storing as a byte does to negative numbers.
/// </summary>
/// <typeparam name="TSums">Integers or floats.</typeparam>
/// <typeparam name="TShortcut">How the shortcut is stored.</typeparam>
internal static unsafe class ByteFinisher<TSums, TShortcut>
    where TSums : ISumReader
    where TShortcut : IShortcutReader
{
    private const int Lanes = 16;

    /// <summary>Sums to bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish(in SumTile tile)
    {
        int column = 0;
        for (; column + Tiles.Columns <= tile.Columns; column += Tiles.Columns)
        {
            FourVectors(tile, column);
        }

        for (; column + Lanes <= tile.Columns; column += Lanes)
        {
            OneVector(tile, column);
        }

        for (; column < tile.Columns; column++)
        {
            OneColumn(tile, column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourVectors(in SumTile tile, int column)
    {
        float* sums = tile.Sums + column, scales = tile.Scale + column, biases = tile.Bias + column;
        byte* target = (byte*)tile.Target + column;
        var scale0 = Vector512.Load(scales);
        var scale1 = Vector512.Load(scales + Lanes);
        var scale2 = Vector512.Load(scales + (2 * Lanes));
        var scale3 = Vector512.Load(scales + (3 * Lanes));
        var bias0 = Vector512.Load(biases);
        var bias1 = Vector512.Load(biases + Lanes);
        var bias2 = Vector512.Load(biases + (2 * Lanes));
        var bias3 = Vector512.Load(biases + (3 * Lanes));
        var unit = Vector512.Create(tile.ShortcutScale);
        int sumStride = tile.SumStride;
        long stride = tile.TargetStride, place = column;
        void* shortcut = tile.Shortcut;
        for (int row = tile.Rows; row > 0; row--)
        {
            var value0 = Vector512.FusedMultiplyAdd(TSums.Load(sums), scale0, bias0);
            var value1 = Vector512.FusedMultiplyAdd(TSums.Load(sums + Lanes), scale1, bias1);
            var value2 = Vector512.FusedMultiplyAdd(TSums.Load(sums + (2 * Lanes)), scale2, bias2);
            var value3 = Vector512.FusedMultiplyAdd(TSums.Load(sums + (3 * Lanes)), scale3, bias3);
            if (TShortcut.IsThere)
            {
                value0 = Vector512.FusedMultiplyAdd(TShortcut.Load(shortcut, place), unit, value0);
                value1 = Vector512.FusedMultiplyAdd(TShortcut.Load(shortcut, place + Lanes), unit, value1);
                value2 = Vector512.FusedMultiplyAdd(TShortcut.Load(shortcut, place + (2 * Lanes)), unit, value2);
                value3 = Vector512.FusedMultiplyAdd(TShortcut.Load(shortcut, place + (3 * Lanes)), unit, value3);
            }

            Pack(value0, value1, value2, value3).Store(target);
            sums += sumStride;
            target += stride;
            place += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneVector(in SumTile tile, int column)
    {
        float* sums = tile.Sums + column;
        byte* target = (byte*)tile.Target + column;
        var scale = Vector512.Load(tile.Scale + column);
        var bias = Vector512.Load(tile.Bias + column);
        var unit = Vector512.Create(tile.ShortcutScale);
        long place = column;
        for (int row = tile.Rows; row > 0; row--)
        {
            var value = Vector512.FusedMultiplyAdd(TSums.Load(sums), scale, bias);
            if (TShortcut.IsThere)
            {
                value = Vector512.FusedMultiplyAdd(TShortcut.Load(tile.Shortcut, place), unit, value);
            }

            Pack(value, value, value, value).GetLower().GetLower().Store(target);
            sums += tile.SumStride;
            target += tile.TargetStride;
            place += tile.TargetStride;
        }
    }

    private static void OneColumn(in SumTile tile, int column)
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            long place = (row * tile.TargetStride) + column;
            float value = (TSums.Read(tile.Sums + ((long)row * tile.SumStride) + column) * tile.Scale[column]) + tile.Bias[column];
            if (TShortcut.IsThere)
            {
                value += TShortcut.Read(tile.Shortcut, place) * tile.ShortcutScale;
            }

            ((byte*)tile.Target)[place] = (byte)MathF.Round(Math.Clamp(value, 0, byte.MaxValue));
        }
    }

    /// <summary>To the nearest, ties to the even one; what is above the greatest byte becomes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Pack(Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        var most = Vector512.Create((float)byte.MaxValue);
        first = Vector512.MinNative(first, most);
        second = Vector512.MinNative(second, most);
        third = Vector512.MinNative(third, most);
        fourth = Vector512.MinNative(fourth, most);
        if (!Avx512BW.IsSupported)
        {
            return Vector512.Narrow(Vector512.Narrow(Nearest(first), Nearest(second)), Vector512.Narrow(Nearest(third), Nearest(fourth)));
        }

        var low = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(first), Avx512F.ConvertToVector512Int32(second));
        var high = Avx512BW.PackSignedSaturate(Avx512F.ConvertToVector512Int32(third), Avx512F.ConvertToVector512Int32(fourth));

        // Packing goes by quarters of the vectors; this brings the quarters of each together.
        var order = Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
        return Avx512F.PermuteVar16x32(Avx512BW.PackUnsignedSaturate(low, high).AsInt32(), order).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Nearest(Vector512<float> value) =>
        Vector512.ConvertToInt32(Vector512.Round(Vector512.MaxNative(value, Vector512<float>.Zero))).AsUInt32();
}
