using System.Runtime.CompilerServices;

namespace ResNet.Compilation;

/// <summary>
/// Weights in the order in which <see cref="BlockProduct"/> reads them: blocks of <see cref="Tiles.Columns"/> output channels; in a block, rows of the depth (kernel row,
/// kernel column, input channel); as many rows together as one instruction adds up. Missing rows and channels are zero.
/// </summary>
internal sealed unsafe class WeightPacking : IDisposable
{
    private readonly LargeMemory _memory;

    private WeightPacking(LargeMemory memory) => _memory = memory;

    /// <summary>Bytes of the packed weights.</summary>
    public long Size => _memory.Size;

    /// <summary>Rows of a block, padded.</summary>
    public int Depth { get; private init; }

    /// <summary>Packs a matrix.</summary>
    /// <param name="kind">How the numbers are stored.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns, output channels.</param>
    /// <param name="read">Writes a column's numbers, of all rows; called for different columns at the same time.</param>
    public static WeightPacking Pack(NumberKind kind, int depth, int columns, ColumnReader read)
    {
        int together = kind.Depth(), padded = RoundUp(depth, together);
        var firsts = Enumerable.Range(0, (columns + Tiles.Columns - 1) / Tiles.Columns).Select(block => block * Tiles.Columns).ToArray();
        var packed = new WeightPacking(new LargeMemory(firsts.Sum(first => (long)padded * Width(columns, first) * kind.Size()))) { Depth = padded };
        Parallel.ForEach(firsts, first =>
        {
            int width = Width(columns, first);
            byte* block = packed.Block(first, kind.Size());
            float[] numbers = new float[padded];
            for (int column = 0; column < Math.Min(width, columns - first); column++)
            {
                read(first + column, numbers.AsSpan(0, depth));
                Scatter(kind, numbers, block + ((long)column * together * kind.Size()), width, together);
            }
        });
        return packed;
    }

    /// <summary>Columns of the block that begins at a column, whole vectors.</summary>
    public static int Width(int columns, int first) => Math.Min(Tiles.Columns, RoundUp(columns - first, Tiles.VectorColumns));

    /// <summary>The block that begins at a column; all before it are full ones.</summary>
    public byte* Block(int first, int size) => _memory.Address + ((long)Depth * first * size);

    public void Dispose() => _memory.Dispose();

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(NumberKind kind, float[] column, byte* to, int width, int together)
    {
        for (int row = 0; row < column.Length; row++)
        {
            long index = ((long)(row / together) * width * together) + (row % together);
            if (kind == NumberKind.Float32)
            {
                ((float*)to)[index] = column[row];
            }
            else if (kind == NumberKind.Int8)
            {
                ((sbyte*)to)[index] = (sbyte)Math.Clamp(MathF.Round(column[row]), -sbyte.MaxValue, sbyte.MaxValue);
            }
            else
            {
                ((ushort*)to)[index] = BFloat16Bits.Round(column[row]);
            }
        }
    }
}
