using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ResNet.Compilation;

/// <summary>
/// Weights in the order in which <see cref="BlockProduct"/> reads them: blocks of <see cref="Tiles.Columns"/> output channels; in a block, rows of the depth (kernel row,
/// kernel column, input channel); as many rows together as one instruction adds up. Missing rows and channels are zero.
/// </summary>
internal sealed unsafe class WeightPacking
{
    private readonly byte* _address;

    private WeightPacking(byte* address, long size)
    {
        _address = address;
        Size = size;
    }

    /// <summary>Bytes of the packed weights.</summary>
    public long Size { get; }

    /// <summary>Rows of a block, padded.</summary>
    public int Depth { get; private init; }

    /// <summary>Packs a matrix.</summary>
    /// <param name="kind">How the numbers are stored.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns, output channels.</param>
    /// <param name="read">Writes a column's numbers, of all rows; called for different columns at the same time.</param>
    /// <param name="memory">Where they go.</param>
    public static WeightPacking Pack(NumberKind kind, int depth, int columns, ColumnReader read, WeightMemory memory)
    {
        int together = kind.Depth(), padded = RoundUp(depth, together), words = padded / together;
        long size = (long)padded * RoundUp(columns, Tiles.VectorColumns) * kind.Size();
        var packed = new WeightPacking(memory.Take(size), size) { Depth = padded };
        Parallel.For(0, (columns + Tiles.VectorColumns - 1) / Tiles.VectorColumns, strip =>
        {
            // A strip of the block is a cache line wide: so each line is written once, and the numbers wait in the second-level cache until it is.
            int column = strip * Tiles.VectorColumns, first = column / Tiles.Columns * Tiles.Columns, count = Math.Min(Tiles.VectorColumns, columns - column);
            float[] numbers = ArrayPool<float>.Shared.Rent(count * padded);
            for (int i = 0; i < count; i++)
            {
                var line = numbers.AsSpan(i * padded, padded);
                line[depth..].Clear();
                read(column + i, line[..depth]);
                FiniteNumbers.UnifyNaNs(line[..depth]);
            }

            fixed (float* start = numbers)
            {
                ToWords(kind, start, count * words);
                Scatter((uint*)start, count, words, (uint*)packed.Block(first, kind.Size()) + (column - first), Width(columns, first));
            }

            ArrayPool<float>.Shared.Return(numbers);
        });
        return packed;
    }

    /// <summary>Columns of the block that begins at a column, whole vectors.</summary>
    public static int Width(int columns, int first) => Math.Min(Tiles.Columns, RoundUp(columns - first, Tiles.VectorColumns));

    /// <summary>The block that begins at a column; all before it are full ones.</summary>
    public byte* Block(int first, int size) => _address + ((long)Depth * first * size);

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Turns numbers into words of 32 bits where they are, as many numbers a word as go together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToWords(NumberKind kind, float* numbers, int count)
    {
        uint* words = (uint*)numbers;
        int i = 0;
        if (kind == NumberKind.BFloat16)
        {
            for (; i + Vector512<uint>.Count <= count; i += Vector512<uint>.Count)
            {
                var low = Pairs(Vector512.Load((uint*)numbers + (2 * i)));
                var high = Pairs(Vector512.Load((uint*)numbers + (2 * i) + Vector512<uint>.Count));
                Vector512.Narrow(low, high).Store(words + i);
            }

            for (; i < count; i++)
            {
                words[i] = BFloat16Bits.Round(numbers[2 * i]) | ((uint)BFloat16Bits.Round(numbers[(2 * i) + 1]) << 16);
            }
        }
        else if (kind == NumberKind.Int8)
        {
            for (; i < count; i++)
            {
                float* four = numbers + (4 * i);
                words[i] = Signed(four[0]) | (Signed(four[1]) << 8) | (Signed(four[2]) << 16) | (Signed(four[3]) << 24);
            }
        }
    }

    /// <summary>Two floats in 64 bits to two rounded halves in the lower 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Pairs(Vector512<uint> floats)
    {
        var rounded = (floats + Vector512.Create(0x8000u)).AsUInt64();
        return ((rounded & Vector512.Create(0xFFFF_0000UL)) >>> 16) | ((rounded >>> 48) << 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Signed(float number) => (byte)(sbyte)Math.Clamp(MathF.Round(number), -sbyte.MaxValue, sbyte.MaxValue);

    /// <summary>From column by column to row by row; some rows at a time, so that their lines stay in the first-level cache until all columns are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(uint* columns, int count, int rows, uint* target, int width)
    {
        const int RowsAtATime = 16;
        for (int first = 0; first < rows; first += RowsAtATime)
        {
            int end = Math.Min(first + RowsAtATime, rows);
            for (int column = 0; column < count; column++)
            {
                uint* from = columns + ((long)column * rows), to = target + column;
                for (int row = first; row < end; row++)
                {
                    to[(long)row * width] = from[row];
                }
            }
        }
    }
}
