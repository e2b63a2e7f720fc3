namespace ResNet.Compilation.Kernels;

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

    /// <summary>Packs a matrix whose number at (row, column) is given by <paramref name="value"/>.</summary>
    /// <param name="kind">How the numbers are stored.</param>
    /// <param name="depth">Rows.</param>
    /// <param name="columns">Columns, output channels.</param>
    /// <param name="value">Row and column to number; for <see cref="NumberKind.Int8"/> a whole number of -127..127.</param>
    public static WeightPacking Pack(NumberKind kind, int depth, int columns, Func<int, int, float> value)
    {
        int together = kind.Depth(), padded = RoundUp(depth, together);
        long size = 0;
        for (int first = 0; first < columns; first += Tiles.Columns)
        {
            size += (long)padded * Width(columns, first) * kind.Size();
        }

        var packed = new WeightPacking(new LargeMemory(size)) { Depth = padded };
        byte* block = packed._memory.Address;
        for (int first = 0; first < columns; first += Tiles.Columns)
        {
            int width = Width(columns, first);
            for (int row = 0; row < depth; row++)
            {
                byte* line = block + ((((long)(row / together) * width * together) + (row % together)) * kind.Size());
                for (int column = 0; column < Math.Min(width, columns - first); column++)
                {
                    Write(kind, line + ((long)column * together * kind.Size()), value(row, first + column));
                }
            }

            block += (long)padded * width * kind.Size();
        }

        return packed;
    }

    /// <summary>Columns of the block that begins at a column, whole vectors.</summary>
    public static int Width(int columns, int first) => Math.Min(Tiles.Columns, RoundUp(columns - first, Tiles.VectorColumns));

    /// <summary>The block that begins at a column; all before it are full ones.</summary>
    public byte* Block(int first, int size) => _memory.Address + ((long)Depth * first * size);

    public void Dispose() => _memory.Dispose();

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static void Write(NumberKind kind, byte* to, float value)
    {
        switch (kind)
        {
            case NumberKind.Float32:
                *(float*)to = value;
                break;
            case NumberKind.BFloat16:
                *(ushort*)to = BFloat16Bits.Round(value);
                break;
            default:
                *(sbyte*)to = (sbyte)value;
                break;
        }
    }
}
