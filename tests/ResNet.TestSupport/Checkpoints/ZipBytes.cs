using System.IO.Compression;
using System.Text;

namespace ResNet.TestSupport.Checkpoints;

/// <summary>Assembles a zip archive record by record. Every field can be forged.</summary>
public sealed class ZipBytes
{
    private const int Alignment = 64;

    public List<ZipRecord> Records { get; } = [];

    public ZipEnd End { get; } = new();

    /// <summary>Bytes before the first record.</summary>
    public byte[] Prefix { get; set; } = [];

    /// <summary>Whether offsets count the prefix, as they should.</summary>
    public bool PrefixCounted { get; set; } = true;

    /// <summary>Bytes between the last record and the central directory.</summary>
    public byte[] BeforeCentral { get; set; } = [];

    /// <summary>The same entries as an archive's, one after another.</summary>
    public static ZipBytes Parse(byte[] archive)
    {
        var zip = new ZipBytes();
        using var reader = new ZipArchive(new MemoryStream(archive));
        foreach (var entry in reader.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            zip.Add(entry.FullName, content.ToArray());
        }

        return zip;
    }

    public ZipBytes Add(string name, byte[] data, Action<ZipRecord>? forge = null)
    {
        var record = new ZipRecord(name, data);
        forge?.Invoke(record);
        Records.Add(record);
        return this;
    }

    public ZipRecord this[string suffix] => Records.First(record => record.Name.EndsWith(suffix, StringComparison.Ordinal));

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Prefix);
        int shift = PrefixCounted ? 0 : Prefix.Length;
        var offsets = new List<long>();
        foreach (var record in Records)
        {
            offsets.Add(bytes.Position - shift);
            if (!record.WithoutLocal)
            {
                WriteLocal(writer, record);
            }
        }

        writer.Write(BeforeCentral);
        long central = bytes.Position;
        int count = 0;
        for (int i = 0; i < Records.Count; i++)
        {
            if (!Records[i].WithoutCentral)
            {
                WriteCentral(writer, Records[i], offsets[i]);
                count++;
            }
        }

        if (!End.Missing)
        {
            WriteEnd(writer, count, central - shift, bytes.Position - central);
        }

        return bytes.ToArray();
    }

    private static void WriteLocal(BinaryWriter writer, ZipRecord record)
    {
        byte[] name = Encoding.UTF8.GetBytes(record.LocalName ?? record.Name);
        byte[] stored = record.Stored ?? record.Data;
        bool late = record.Descriptor;
        byte[] extra = record.LocalExtra ?? Padding(writer.BaseStream.Position + 30 + name.Length);
        writer.Write(record.LocalSignature);
        writer.Write((ushort)0);
        writer.Write((ushort)(record.Flags | (late ? 8 : 0)));
        writer.Write(record.LocalMethod ?? record.Method);
        writer.Write(0u);
        writer.Write(record.LocalCrc ?? (late ? 0 : record.Crc ?? Crc32.HashToUInt32(record.Data)));
        writer.Write(record.LocalCompressedSize ?? (late ? 0 : record.CompressedSize ?? (uint)stored.Length));
        writer.Write(record.LocalSize ?? (late ? 0 : record.Size ?? (uint)record.Data.Length));
        writer.Write(record.LocalNameLength ?? (ushort)name.Length);
        writer.Write(record.LocalExtraLength ?? (ushort)extra.Length);
        writer.Write(name);
        writer.Write(extra);
        writer.Write(stored);
        if (late)
        {
            writer.Write(0x08074b50u);
            writer.Write(record.Crc ?? Crc32.HashToUInt32(record.Data));
            writer.Write((uint)stored.Length);
            writer.Write((uint)record.Data.Length);
        }
    }

    private static void WriteCentral(BinaryWriter writer, ZipRecord record, long offset)
    {
        byte[] name = Encoding.UTF8.GetBytes(record.Name);
        writer.Write(record.CentralSignature);
        writer.Write(0u);
        writer.Write((ushort)(record.Flags | (record.Descriptor ? 8 : 0)));
        writer.Write(record.Method);
        writer.Write(0u);
        writer.Write(record.Crc ?? Crc32.HashToUInt32(record.Data));
        writer.Write(record.CompressedSize ?? (uint)(record.Stored ?? record.Data).Length);
        writer.Write(record.Size ?? (uint)record.Data.Length);
        writer.Write(record.CentralNameLength ?? (ushort)name.Length);
        writer.Write(record.CentralExtraLength ?? (ushort)record.CentralExtra.Length);
        writer.Write(record.CommentLength ?? 0);
        writer.Write(record.Disk);
        writer.Write((ushort)0);
        writer.Write(0u);
        writer.Write(record.Offset ?? (uint)offset);
        writer.Write(name);
        writer.Write(record.CentralExtra);
    }

    private void WriteEnd(BinaryWriter writer, int count, long central, long size)
    {
        if (End.Zip64)
        {
            long record = writer.BaseStream.Position - (PrefixCounted ? 0 : Prefix.Length);
            writer.Write(0x06064b50u);
            writer.Write(End.RecordSize64 ?? 44);
            writer.Write((ushort)0x031e);
            writer.Write((ushort)45);
            writer.Write((uint)End.Disk);
            writer.Write((uint)End.CentralDisk);
            writer.Write(End.EntriesHere64 ?? End.Entries64 ?? (ulong)count);
            writer.Write(End.Entries64 ?? (ulong)count);
            writer.Write(End.CentralSize64 ?? (ulong)size);
            writer.Write(End.CentralOffset64 ?? (ulong)central);
            writer.Write(0x07064b50u);
            writer.Write(0u);
            writer.Write(End.Locator64 ?? (ulong)record);
            writer.Write(End.LocatorDisks);
        }

        writer.Write(0x06054b50u);
        writer.Write(End.Disk);
        writer.Write(End.CentralDisk);
        writer.Write(End.EntriesHere ?? End.Entries ?? (ushort)count);
        writer.Write(End.Entries ?? (ushort)count);
        writer.Write(End.CentralSize ?? (uint)size);
        writer.Write(End.CentralOffset ?? (uint)central);
        writer.Write(End.CommentLength ?? (ushort)End.Comment.Length);
        writer.Write(End.Comment);
    }

    private static byte[] Padding(long position)
    {
        int fill = (int)(Alignment - ((position + 4) % Alignment)) % Alignment;
        byte[] extra = new byte[fill + 4];
        extra.AsSpan().Fill((byte)'Z');
        extra[0] = (byte)'F';
        extra[1] = (byte)'B';
        extra[2] = (byte)fill;
        extra[3] = 0;
        return extra;
    }
}
