using System.Buffers.Binary;
using System.Text;

namespace ResNet.Runtime;

/// <summary>How an ELF library asks for one version of one of its dependencies (gABI, section .gnu.version_r).</summary>
internal static class ElfVersionRequest
{
    private const uint VersionNeeds = 0x6ffffffe;
    private const int WeakFlag = 2;

    /// <returns>True: weakly (the loader may go on without); false: strictly; null: not at all.</returns>
    /// <exception cref="InvalidDataException">The file is no 64-bit little-endian ELF file, or is damaged.</exception>
    public static bool? IsWeak(ReadOnlySpan<byte> elf, string version)
    {
        if (elf.Length < 64 || !elf[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("It is not a 64-bit little-endian ELF file.");
        }

        try
        {
            return Find(elf, version);
        }
        catch (Exception fault) when (fault is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("An offset lies outside the ELF file: it is truncated or damaged.", fault);
        }
    }

    private static bool? Find(ReadOnlySpan<byte> elf, string version)
    {
        int headers = Int64(elf, 0x28);
        int headerSize = UInt16(elf, 0x3A);
        int headerCount = UInt16(elf, 0x3C);
        _ = elf.Slice(headers, checked(headerSize * headerCount));
        for (int i = 0; i < headerCount; i++)
        {
            int header = checked(headers + i * headerSize);
            if (UInt32(elf, header + 4) != VersionNeeds)
            {
                continue;
            }

            int strings = Int64(elf, checked(headers + (int)UInt32(elf, header + 0x28) * headerSize + 0x18));
            return Find(elf, Int64(elf, header + 0x18), (int)UInt32(elf, header + 0x2C), strings, version);
        }

        return null;
    }

    private static bool? Find(ReadOnlySpan<byte> elf, int needs, int needCount, int strings, string version)
    {
        byte[] name = Encoding.ASCII.GetBytes(version + "\0");
        for (int i = 0, need = needs; i < needCount; i++, need = checked(need + (int)UInt32(elf, need + 12)))
        {
            int request = checked(need + (int)UInt32(elf, need + 8));
            for (int j = 0; j < UInt16(elf, need + 2); j++, request = checked(request + (int)UInt32(elf, request + 12)))
            {
                if (elf[checked(strings + (int)UInt32(elf, request + 8))..].StartsWith(name))
                {
                    return (UInt16(elf, request + 4) & WeakFlag) != 0;
                }
            }
        }

        return null;
    }

    private static int Int64(ReadOnlySpan<byte> elf, int at)
    {
        return checked((int)BinaryPrimitives.ReadInt64LittleEndian(elf[at..]));
    }

    private static uint UInt32(ReadOnlySpan<byte> elf, int at)
    {
        return BinaryPrimitives.ReadUInt32LittleEndian(elf[at..]);
    }

    private static int UInt16(ReadOnlySpan<byte> elf, int at)
    {
        return BinaryPrimitives.ReadUInt16LittleEndian(elf[at..]);
    }
}
