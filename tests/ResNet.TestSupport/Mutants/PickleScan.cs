using System.Buffers.Binary;
using ResNet.TestSupport.Checkpoints;

namespace ResNet.TestSupport.Mutants;

/// <summary>Finds where the instructions of good pickles begin and end.</summary>
internal static class PickleScan
{
    /// <summary>The instructions of the pickles at the start of <paramref name="bytes"/>, up to what is none.</summary>
    public static List<Range> Instructions(ReadOnlySpan<byte> bytes)
    {
        var found = new List<Range>();
        int at = 0;
        while (at < bytes.Length && (found.Count == 0 || bytes[found[^1].Start.Value] != PickleOp.Stop || bytes[at] == PickleOp.Proto))
        {
            int length = LengthOf(bytes[at..]);
            if (length <= 0 || length > bytes.Length - at)
            {
                break;
            }

            found.Add(at..(at + length));
            at += length;
        }

        return found;
    }

    /// <summary>Where the length or number of an instruction stands.</summary>
    public static int WidthOfArgument(byte opcode) => opcode switch
    {
        PickleOp.BinInt1 or PickleOp.BinPut or PickleOp.BinGet or PickleOp.Proto or PickleOp.Long1 or PickleOp.ShortBinUnicode
            or PickleOp.ShortBinString or PickleOp.ShortBinBytes or PickleOp.Ext1 => 1,
        PickleOp.BinInt2 or PickleOp.Ext2 => 2,
        PickleOp.BinInt or PickleOp.LongBinPut or PickleOp.LongBinGet or PickleOp.Long4 or PickleOp.BinUnicode or PickleOp.BinString
            or PickleOp.BinBytes or PickleOp.Ext4 => 4,
        PickleOp.BinFloat or PickleOp.Frame or PickleOp.BinUnicode8 or PickleOp.BinBytes8 or PickleOp.ByteArray8 => 8,
        _ => 0,
    };

    private static int LengthOf(ReadOnlySpan<byte> rest)
    {
        int width = WidthOfArgument(rest[0]);
        return rest[0] switch
        {
            PickleOp.Global or PickleOp.Inst => Lines(rest, 2),
            PickleOp.Put or PickleOp.Get or PickleOp.Int or PickleOp.Long or PickleOp.Float or PickleOp.String or PickleOp.Unicode or PickleOp.PersId =>
                Lines(rest, 1),
            PickleOp.Long1 or PickleOp.ShortBinUnicode or PickleOp.ShortBinString or PickleOp.ShortBinBytes when rest.Length > 1 => 2 + rest[1],
            PickleOp.BinUnicode or PickleOp.Long4 or PickleOp.BinString or PickleOp.BinBytes when rest.Length > 4 =>
                5 + (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(rest[1..]), int.MaxValue / 2),
            _ => 1 + width,
        };
    }

    private static int Lines(ReadOnlySpan<byte> rest, int count)
    {
        int length = 1;
        for (; count > 0; count--)
        {
            int end = rest[length..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return -1;
            }

            length += end + 1;
        }

        return length;
    }
}
