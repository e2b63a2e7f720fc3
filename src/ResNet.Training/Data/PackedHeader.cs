using System.Buffers.Binary;
using System.IO.Hashing;

namespace ResNet.Training;

/// <summary>The first bytes of a packed cache, little-endian: what it is, of which pictures, and where its index lies, at its end.</summary>
/// <param name="Key">Which pictures under which settings, 128 bits.</param>
/// <param name="Count">How many pictures.</param>
/// <param name="IndexOffset">Where the index starts; it ends with the file.</param>
/// <param name="IndexHash">XXH3 of the index.</param>
internal sealed record PackedHeader(UInt128 Key, int Count, long IndexOffset, ulong IndexHash)
{
    public const int Size = 64;
    private const int Version = 1;

    public static ReadOnlySpan<byte> Magic => "RESNETPK"u8;

    public long FileLength => IndexOffset + ((long)Count * PackedEntry.Size);

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Count);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(16), Key);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), IndexOffset);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), IndexHash);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(56), XxHash3.HashToUInt64(bytes.AsSpan(0, 56)));
        return bytes;
    }

    /// <summary>Reads a header that begins with the magic number.</summary>
    /// <returns>Null where it is damaged or of another version.</returns>
    public static PackedHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[56..]) != XxHash3.HashToUInt64(bytes[..56])
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != Version)
        {
            return null;
        }

        var header = new PackedHeader(
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]));
        return header.Count >= 0 && header.IndexOffset is >= Size and < long.MaxValue / 2 ? header : null;
    }
}
