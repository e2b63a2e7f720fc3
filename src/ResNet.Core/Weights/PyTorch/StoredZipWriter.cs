using System.Buffers.Binary;
using System.Text;

namespace ResNet.Weights;

/// <summary>
/// Writes a zip archive, front to back, of entries that are stored as they are and begin at multiples of 64 bytes, as PyTorch's files
/// have them so that they can be mapped into memory. Sizes and sums stand before the values; records of zip64 only where a number needs them.
/// </summary>
internal sealed class StoredZipWriter(Stream stream)
{
    private const int Alignment = 64;
    private const ushort Utf8Names = 0x0800;
    private const ushort PlainVersion = 20;
    private const ushort Zip64Version = 45;

    // The same bytes whenever they are written: the first day that the format knows.
    private const ushort Date = (1 << 5) | 1;

    private readonly List<Entry> _entries = [];
    private long _position;

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its path, with slashes.</param>
    /// <param name="length">Bytes that will be written.</param>
    /// <param name="crc">CRC-32 of these bytes.</param>
    /// <param name="write">Writes them.</param>
    public void Add(string name, long length, uint crc, Action<Stream> write)
    {
        var entry = new Entry(Encoding.UTF8.GetBytes(name), length, crc, _position);
        _entries.Add(entry);
        WriteLocalHeader(entry);
        write(stream);
        _position += length;
    }

    /// <summary>Writes the directory of the entries, which ends the archive.</summary>
    public void Finish()
    {
        long start = _position;
        foreach (var entry in _entries)
        {
            WriteDirectoryHeader(entry);
        }

        long length = _position - start;
        if (_entries.Count >= ushort.MaxValue || NeedsZip64(start) || NeedsZip64(length))
        {
            WriteZip64End(start, length);
        }

        var end = new ZipRecord(22);
        end.Add32(0x06054b50);
        end.Skip(4);
        end.Add16((ushort)Math.Min(_entries.Count, ushort.MaxValue));
        end.Add16((ushort)Math.Min(_entries.Count, ushort.MaxValue));
        end.Add32(Clamp(length));
        end.Add32(Clamp(start));
        end.Skip(2);
        Write(end.Bytes);
    }

    private static bool NeedsZip64(long value) => value >= uint.MaxValue;

    private static uint Clamp(long value) => (uint)Math.Min(value, uint.MaxValue);

    private static void AddCommon(ZipRecord record, Entry entry, int extraLength, bool zip64)
    {
        record.Add16(zip64 ? Zip64Version : PlainVersion);
        record.Add16(Utf8Names);
        record.Skip(4);
        record.Add16(Date);
        record.Add32(entry.Crc);
        record.Add32(Clamp(entry.Length));
        record.Add32(Clamp(entry.Length));
        record.Add16((ushort)entry.Name.Length);
        record.Add16((ushort)extraLength);
    }

    private void WriteLocalHeader(Entry entry)
    {
        bool zip64 = NeedsZip64(entry.Length);
        int sizes = zip64 ? 20 : 0;
        long unpadded = _position + 30 + entry.Name.Length + sizes + 4;
        int padding = (int)((Alignment - (unpadded % Alignment)) % Alignment);

        var record = new ZipRecord(30 + entry.Name.Length + sizes + 4 + padding);
        record.Add32(0x04034b50);
        AddCommon(record, entry, sizes + 4 + padding, zip64);
        record.Add(entry.Name);
        if (zip64)
        {
            record.Add16(1);
            record.Add16(16);
            record.Add64(entry.Length);
            record.Add64(entry.Length);
        }

        // PyTorch's own mark of padding, which readers skip as a field that they do not know.
        record.Add("FB"u8);
        record.Add16((ushort)padding);
        Write(record.Bytes);
    }

    private void WriteDirectoryHeader(Entry entry)
    {
        bool largeLength = NeedsZip64(entry.Length), largeOffset = NeedsZip64(entry.Offset);
        int numbers = (largeLength ? 16 : 0) + (largeOffset ? 8 : 0);
        int extraLength = numbers > 0 ? 4 + numbers : 0;

        var record = new ZipRecord(46 + entry.Name.Length + extraLength);
        record.Add32(0x02014b50);
        record.Add16(numbers > 0 ? Zip64Version : PlainVersion);
        AddCommon(record, entry, extraLength, numbers > 0);
        record.Skip(10);
        record.Add32(Clamp(entry.Offset));
        record.Add(entry.Name);
        if (numbers > 0)
        {
            record.Add16(1);
            record.Add16((ushort)numbers);
            if (largeLength)
            {
                record.Add64(entry.Length);
                record.Add64(entry.Length);
            }

            if (largeOffset)
            {
                record.Add64(entry.Offset);
            }
        }

        Write(record.Bytes);
    }

    private void WriteZip64End(long start, long length)
    {
        long at = _position;
        var record = new ZipRecord(56 + 20);
        record.Add32(0x06064b50);
        record.Add64(44);
        record.Add16(Zip64Version);
        record.Add16(Zip64Version);
        record.Skip(8);
        record.Add64(_entries.Count);
        record.Add64(_entries.Count);
        record.Add64(length);
        record.Add64(start);

        // Where the record above is.
        record.Add32(0x07064b50);
        record.Skip(4);
        record.Add64(at);
        record.Add32(1);
        Write(record.Bytes);
    }

    private void Write(byte[] record)
    {
        stream.Write(record);
        _position += record.Length;
    }

    private sealed record Entry(byte[] Name, long Length, uint Crc, long Offset);

    /// <summary>A record of known length, filled front to back.</summary>
    private sealed class ZipRecord(int length)
    {
        private int _at;

        public byte[] Bytes { get; } = new byte[length];

        public void Add16(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(_at), value);
            _at += 2;
        }

        public void Add32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(_at), value);
            _at += 4;
        }

        public void Add64(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(Bytes.AsSpan(_at), value);
            _at += 8;
        }

        public void Add(ReadOnlySpan<byte> value)
        {
            value.CopyTo(Bytes.AsSpan(_at));
            _at += value.Length;
        }

        public void Skip(int count) => _at += count;
    }
}
