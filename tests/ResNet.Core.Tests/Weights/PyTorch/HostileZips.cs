using System.Buffers.Binary;
using System.IO.Compression;
using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

/// <summary>Archives that contradict themselves, hide something, or are bombs.</summary>
internal static class HostileZips
{
    private const uint Sentinel = uint.MaxValue;

    public static IReadOnlyList<HostileCase> All { get; } =
    [
        Forged("an entry at another's place", z => z["data/1"].Offset = 0, "overlap|local|name"),
        Forged("an entry inside another", Nested, "overlap|inside"),
        Forged("an entry that runs into the next", z => Grow(z["data/0"], 64), "overlap|size"),
        Forged("an entry that runs into the directory", z => Grow(z["version"], 64), "overlap|outside|directory|size"),
        Forged("an entry outside the file", z => z["data/0"].Offset = 0x7fffffff, "outside|beyond|end"),
        Forged("an entry that ends outside the file", z => Grow(z["data/0"], 0x70000000), "outside|beyond|end|overlap"),
        Forged("an entry of four gigabytes without zip64", z => Grow(z["data/0"], Sentinel - 1 - 24), "outside|beyond|end|overlap"),
        Forged("a compressed pickle", z => Deflate(z, "data.pkl"), "compress"),
        Forged("a compressed storage", z => Deflate(z, "data/0"), "compress"),
        Forged("a bomb of 64 megabytes", Bomb, "compress"),
        Forged("an unknown compression", z => z["data/0"].Method = 99, "compress|method"),
        Forged("an unknown compression in the local header", z => z["data/0"].LocalMethod = 99, "compress|method|local"),
        Forged("an encrypted entry", z => z["data/0"].Flags = 1, "encrypt"),
        Forged("a strongly encrypted entry", z => z["data.pkl"].Flags = 0x41, "encrypt"),
        Forged("an encrypted directory", z => z.Records.ForEach(record => record.Flags = 0x2000), "encrypt|flag"),
        Forged("sizes that differ though stored", z => z["data/0"].Size = 4096, "size|stored|bytes"),
        Forged("a local name that differs", z => z["data/0"].LocalName = "archive/data/1", "local|name"),
        Forged("a local name beyond the file", z => z["version"].LocalNameLength = ushort.MaxValue, "version'.*does not lie where"),
        Forged("a local extra field beyond the file", z => z["version"].LocalExtraLength = ushort.MaxValue, "version'.*does not lie where"),
        Forged("no local header", z => z["data/0"].LocalSignature = 0, "data/0'.*does not lie where"),
        Forged("no directory entry", z => z["data/0"].CentralSignature = 0, "directory|central"),
        Forged("a directory entry's name beyond the file", z => z["version"].CentralNameLength = ushort.MaxValue, "directory|central"),
        Forged("a directory entry's extra field beyond the file", z => z["version"].CentralExtraLength = ushort.MaxValue, "directory|central|extra"),
        Forged("a directory entry's comment beyond the file", z => z["version"].CommentLength = ushort.MaxValue, "directory|central|comment"),
        Forged("a storage that only the local headers have", z => z["data/0"].WithoutCentral = true, "data/0|storage"),
        Forged("a directory outside the file", z => z.Classic().CentralOffset = 0x7fffffff, "directory|central|outside"),
        Forged("a directory that overlaps the end", z => z.Classic().CentralSize = 0x00ffffff, "directory|central"),
        Forged("a directory smaller than its entries", z => z.Classic().CentralSize = 46, "directory|central"),
        Forged("more entries than there are", z => z.Classic().Entries = 6, "entries|directory|central"),
        Forged("fewer entries than there are", z => z.Classic().Entries = 3, "entries|directory|central"),
        Forged("65 535 entries", z => z.Classic().Entries = ushort.MaxValue, "entries|directory|central|zip64"),
        Forged("a second disk", z => z.End.Disk = 1, "disk|part"),
        Forged("a directory on a second disk", z => z.End.CentralDisk = 1, "disk|part"),
        Forged("an entry on a second disk", z => z["data/0"].Disk = 1, "disk|part"),
        Forged("no end", z => z.End.Missing = true, "end|cut off"),
        Forged("an end cut off", z => z.End.CommentLength = 100, "end|comment|cut off"),
        Forged("an end inside the comment", EndInComment, "end|comment|directory|central"),
        Forged("2^60 entries by zip64", z => z.End.Entries64 = 1UL << 60, "end records.*contradict"),
        Forged("a directory of 2^63 bytes by zip64", z => z.End.CentralSize64 = 1UL << 63, "end records.*contradict"),
        Forged("a directory at 2^64 - 1 by zip64", z => z.End.CentralOffset64 = ulong.MaxValue, "end records.*contradict"),
        Forged("a zip64 record outside the file", z => z.End.Locator64 = 1UL << 62, "zip64"),
        Forged("a zip64 record at 2^64 - 1", z => z.End.Locator64 = ulong.MaxValue, "zip64"),
        Forged("a zip64 entry of 2^63 bytes", z => Extra64(z["data/0"], 1UL << 63, 1UL << 63), "zip64|size|outside|beyond|end"),
        Forged("a zip64 entry of 2^64 - 1 bytes", z => Extra64(z["data/0"], ulong.MaxValue, ulong.MaxValue), "zip64|size|outside|beyond|end"),
        Forged("a zip64 extra field that is missing", z => z["data/0"].CompressedSize = z["data/0"].Size = Sentinel, "zip64|size|outside|beyond|end"),
        Forged("a zip64 extra field that is cut off", z => { z["data/0"].CompressedSize = z["data/0"].Size = Sentinel; z["data/0"].CentralExtra = [1, 0, 8, 0, 1, 2]; }, "outside the file"),
        Forged("two pickles of one name", z => z.Add("archive/data.pkl", CheckpointPickle.OfGood()), "twice|two|duplicate"),
        Forged("two pickles of two folders", z => z.Add("other/data.pkl", CheckpointPickle.OfGood()), "2 entries NAME/data.pkl"),
        Forged("no pickle", z => z.Records.RemoveAt(0), "data.pkl"),
        Forged("a pickle that is a folder", z => z.Records[0] = new ZipRecord("archive/data.pkl/", []), "data.pkl"),
        Forged("a storage twice", z => z.Add("archive/data/0", CheckpointBytes.Floats), "twice|two|duplicate"),
        Forged("a storage missing", z => z.Records.Remove(z["data/0"]), "data/0|storage"),
        Forged("garbage before the archive", z => { z.Prefix = [.. "PK\u0003\u0004"u8, .. new byte[100]]; z.PrefixCounted = false; }, "local|directory|central|before|overlap|end"),
        Forged("nothing but an end", z => z.Records.Clear(), "data.pkl|entries|empty|known"),
        Forged("TorchScript", z => { z.Add("archive/constants.pkl", []); z.Add("archive/code/__torch__.py", "x"u8.ToArray()); }, "TorchScript"),
        Forged("another kind of archive", z => { z.Records.Clear(); z.Add("word/document.xml", "<w/>"u8.ToArray()); }, "data.pkl"),
        Forged("two hundred thousand entries", Many, "entries"),
    ];

    /// <summary>The end without zip64, whose numbers would stand above it.</summary>
    private static ZipEnd Classic(this ZipBytes zip)
    {
        zip.End.Zip64 = false;
        return zip.End;
    }

    private static HostileCase Forged(string name, Action<ZipBytes> forge, string reason) => new(name, () => CheckpointBytes.Zip(forge), reason);

    private static void Grow(ZipRecord record, uint by) => record.CompressedSize = record.Size = (uint)record.Data.Length + by;

    /// <summary>The storage's bytes hold a whole local record of their own, which the directory calls data/1.</summary>
    private static void Nested(ZipBytes zip)
    {
        var inner = new ZipBytes { End = { Missing = true } };
        inner.Add("archive/data/1", CheckpointBytes.Longs, record => record.LocalExtra = []);
        byte[] hidden = inner.ToArray()[..(30 + "archive/data/1".Length + CheckpointBytes.Longs.Length)];
        zip.Records.Insert(0, new ZipRecord("archive/0", hidden) { LocalExtra = [] });
        zip["data/1"].Offset = 30 + (uint)"archive/0".Length;
    }

    private static void Deflate(ZipBytes zip, string name)
    {
        var record = zip[name];
        record.Method = 8;
        record.Stored = Deflated(record.Data);
    }

    private static void Bomb(ZipBytes zip)
    {
        int index = zip.Records.IndexOf(zip["data.pkl"]);
        byte[] zeros = new byte[64 << 20];
        zip.Records[index] = new ZipRecord("archive/data.pkl", zeros) { Method = 8, Stored = Deflated(zeros), Crc = 0 };
    }

    private static byte[] Deflated(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return packed.ToArray();
    }

    private static void Extra64(ZipRecord record, ulong size, ulong compressed)
    {
        byte[] extra = [1, 0, 16, 0, .. new byte[16]];
        BinaryPrimitives.WriteUInt64LittleEndian(extra.AsSpan(4), size);
        BinaryPrimitives.WriteUInt64LittleEndian(extra.AsSpan(12), compressed);
        record.CentralExtra = extra;
        record.CompressedSize = record.Size = Sentinel;
    }

    /// <summary>Readers that look for the end from different sides see different archives.</summary>
    private static void EndInComment(ZipBytes zip)
    {
        byte[] other = new ZipBytes().ToArray();
        zip.End.Zip64 = false;
        zip.End.Comment = other;
    }

    private static void Many(ZipBytes zip)
    {
        for (int i = 0; i < 200_000; i++)
        {
            zip.Add($"archive/data/x{i}", [], record => record.LocalExtra = []);
        }

        zip.End.Entries64 = (ulong)zip.Records.Count;
        zip.End.Entries = ushort.MaxValue;
    }
}
