using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ResNet.Weights;

/// <summary>
/// Reads where the entries of a zip archive lie, which .NET's ZipArchive does not tell. Only what torch.save writes is read: one file,
/// entries that do not overlap.
/// </summary>
internal ref partial struct ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint End64LocatorSignature = 0x07064b50;
    private const uint End64Signature = 0x06064b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const int EndLength = 22;
    private const int End64LocatorLength = 20;
    private const int End64Length = 56;
    private const int CentralLength = 46;
    private const int LocalLength = 30;
    private const int LongestComment = ushort.MaxValue;
    private const int LongestName = 1024;
    private const int MostEntries = 50_000;

    /// <summary>Names in memory take twice what they take in the directory.</summary>
    private const long LongestDirectory = 8 << 20;

    /// <summary>Encrypted, strongly encrypted, or with local headers that are masked.</summary>
    private const ushort EncryptedFlags = 0x2041;
    private const ushort Zip64Extra = 1;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _file;
    private readonly ByteView _view;
    private readonly long _length;

    private ZipDirectory(string file, ByteView view, long length)
    {
        _file = file;
        _view = view;
        _length = length;
    }

    /// <summary>Reads and checks the whole directory.</summary>
    /// <returns>The entries by name.</returns>
    /// <exception cref="WeightsFormatException">The archive is damaged, hostile or not as torch.save writes it.</exception>
    public static IReadOnlyDictionary<string, ZipEntry> Read(ByteSource source, ByteView view)
    {
        var directory = new ZipDirectory(source.Name, view, source.Length);
        var (start, length, count) = directory.FindDirectory();
        var entries = directory.ReadEntries(start, length, count);
        directory.Locate(entries.Values, start);
        return entries;
    }

    private readonly (long Start, long Length, long Count) FindDirectory()
    {
        long end = FindEnd();
        var record = _view.Span(end, EndLength);
        if (U16(record, 4) != 0 || U16(record, 6) != 0)
        {
            Fail("the archive is one of several parts, which is not read", end);
        }

        long count = U16(record, 10);
        long length = U32(record, 12);
        long start = U32(record, 16);
        bool large = count == ushort.MaxValue || length == uint.MaxValue || start == uint.MaxValue;

        // PyTorch writes the zip64 record in small files too.
        long locator = end - End64LocatorLength;
        if (locator >= 0 && U32(_view.Span(locator, End64LocatorLength), 0) == End64LocatorSignature)
        {
            var wide = ReadEnd64(locator);
            if (!large && (wide.Start, wide.Length, wide.Count) != (start, length, count))
            {
                Fail("the two end records of the archive contradict each other", end);
            }

            (start, length, count, end) = wide;
        }
        else if (large)
        {
            Fail("the archive says that it has a zip64 end record, but there is none", end);
        }

        // What lies between them would belong to nothing, and two readers could take it for different directories.
        if (start < 0 || length < 0 || start > end || length != end - start)
        {
            Fail($"the directory of the archive is said to have {length} bytes from byte {start}, but must end at byte {end}", end);
        }

        if (count < 0 || count > MostEntries || count * CentralLength > length || length > LongestDirectory)
        {
            Fail(
                $"the archive is said to have {count} entries in a directory of {length} bytes (at most {MostEntries} entries and {LongestDirectory} bytes are read)",
                end);
        }

        return (start, length, count);
    }

    private readonly Dictionary<string, ZipEntry> ReadEntries(long start, long length, long count)
    {
        var entries = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        long at = start;
        long end = start + length;
        for (long i = 0; i < count; i++)
        {
            if (end - at < CentralLength || U32(_view.Span(at, CentralLength), 0) != CentralSignature)
            {
                Fail($"entry {i} of the archive's directory is not there", at);
            }

            var record = _view.Span(at, CentralLength);
            int nameLength = U16(record, 28);
            int extraLength = U16(record, 30);
            long next = at + CentralLength + nameLength + extraLength + U16(record, 32);
            if (next > end)
            {
                Fail($"entry {i} of the archive's directory is cut off", at);
            }

            var entry = ReadEntry(record, ReadName(at + CentralLength, nameLength), _view.Span(at + CentralLength + nameLength, extraLength), at);
            if (!entries.TryAdd(entry.Name, entry))
            {
                Fail($"entry {ShapeText.Quote(entry.Name)} occurs twice", at);
            }

            at = next;
        }

        if (at != end)
        {
            Fail($"the archive's directory has {end - at} bytes more than its {count} entries", at);
        }

        return entries;
    }

    private readonly ZipEntry ReadEntry(ReadOnlySpan<byte> record, string name, ReadOnlySpan<byte> extra, long at)
    {
        if ((U16(record, 8) & EncryptedFlags) != 0)
        {
            Fail($"entry {ShapeText.Quote(name)} is encrypted", at);
        }

        if (U16(record, 34) != 0)
        {
            Fail($"entry {ShapeText.Quote(name)} lies in another part of an archive of several, which is not read", at);
        }

        long packed = U32(record, 20);
        long size = U32(record, 24);
        long offset = U32(record, 42);
        ReadZip64(extra, ref size, ref packed, ref offset);
        int method = U16(record, 10);
        if (method == 0 && size != packed)
        {
            Fail($"entry {ShapeText.Quote(name)} is not compressed, but has {packed} bytes for {size}", at);
        }

        if (packed < 0 || offset < 0 || offset > _length - LocalLength || packed > _length - LocalLength - offset)
        {
            Fail($"entry {ShapeText.Quote(name)} of {packed} bytes at byte {offset} lies outside the file", at);
        }

        return new ZipEntry(name, offset, packed, method);
    }

    /// <summary>The numbers that do not fit into 32 bits stand in an extra field, in this order, only those that need it.</summary>
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long size, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            int length = Math.Min(U16(extra, 2), extra.Length - 4);
            if (U16(extra, 0) == Zip64Extra)
            {
                var field = extra.Slice(4, length);
                Widen(ref size, ref field);
                Widen(ref packed, ref field);
                Widen(ref offset, ref field);
                return;
            }

            extra = extra[(4 + length)..];
        }
    }

    private static void Widen(ref long number, ref ReadOnlySpan<byte> field)
    {
        if (number == uint.MaxValue && field.Length >= sizeof(long))
        {
            number = I64(field, 0);
            field = field[sizeof(long)..];
        }
    }

    /// <summary>Finds the contents by the local headers, which must say the same names, and keeps entries from sharing bytes.</summary>
    private readonly void Locate(IEnumerable<ZipEntry> entries, long directoryStart)
    {
        long free = 0;
        Span<byte> expected = stackalloc byte[LongestName];
        foreach (var entry in entries.OrderBy(entry => entry.HeaderOffset))
        {
            if (entry.HeaderOffset < free)
            {
                Fail($"entry {ShapeText.Quote(entry.Name)} overlaps the one before it, which ends at byte {free}", entry.HeaderOffset);
            }

            var header = _view.Span(entry.HeaderOffset, LocalLength);
            int nameLength = U16(header, 26);
            entry.Offset = entry.HeaderOffset + LocalLength + nameLength + U16(header, 28);
            free = entry.Offset + entry.Length;
            if (U32(header, 0) != LocalSignature || free > directoryStart)
            {
                Fail($"entry {ShapeText.Quote(entry.Name)} does not lie where the archive's directory says", entry.HeaderOffset);
            }

            if (U16(header, 8) != entry.Method
                || !_view.Span(entry.HeaderOffset + LocalLength, nameLength).SequenceEqual(expected[..StrictUtf8.GetBytes(entry.Name, expected)]))
            {
                Fail($"entry {ShapeText.Quote(entry.Name)} has another name or compression in its own header than in the archive's directory", entry.HeaderOffset);
            }
        }
    }

    private readonly string ReadName(long at, int length)
    {
        if (length is 0 or > LongestName)
        {
            Fail($"the name of an entry has {length} bytes; 1 to {LongestName} are read", at);
        }

        try
        {
            return StrictUtf8.GetString(_view.Span(at, length));
        }
        catch (DecoderFallbackException)
        {
            Fail("the name of an entry is not UTF-8", at);
            return string.Empty;
        }
    }

    [DoesNotReturn]
    private readonly void Fail(string found, long at) =>
        throw new WeightsFormatException(_file, $"{found}. The file is damaged, hostile or not as torch.save writes it; copy or download it again.", at);

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
