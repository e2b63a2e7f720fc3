namespace ResNet.TestSupport.Checkpoints;

/// <summary>The checksum of zip archives.</summary>
public static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint HashToUInt32(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = (crc >> 8) ^ Table[(byte)(crc ^ value)];
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320u;
            }

            table[i] = value;
        }

        return table;
    }
}
