using System.Text;
using ResNet.TestSupport.Checkpoints;

namespace ResNet.TestSupport.Mutants;

/// <summary>Changes of an archive that leave the rest, checksums included, right.</summary>
internal static class ZipMutation
{
    private static readonly Action<ZipRecord, Random>[] OfRecord =
    [
        (record, random) => record.Offset = UInt(random),
        (record, random) => record.Size = UInt(random),
        (record, random) => record.CompressedSize = UInt(random),
        (record, random) => record.Size = record.CompressedSize = UInt(random),
        (record, random) => record.LocalSize = UInt(random),
        (record, random) => record.LocalCompressedSize = UInt(random),
        (record, random) => record.Crc = UInt(random),
        (record, random) => record.LocalCrc = UInt(random),
        (record, random) => record.Flags = (ushort)(1 << random.Next(16)),
        (record, random) => record.Method = UShort(random),
        (record, random) => record.LocalMethod = UShort(random),
        (record, random) => record.LocalNameLength = UShort(random),
        (record, random) => record.CentralNameLength = UShort(random),
        (record, random) => record.LocalExtraLength = UShort(random),
        (record, random) => record.CentralExtraLength = UShort(random),
        (record, random) => record.CommentLength = UShort(random),
        (record, random) => record.Disk = UShort(random),
        (record, _) => record.Descriptor = !record.Descriptor,
        (record, _) => record.WithoutLocal = true,
        (record, _) => record.WithoutCentral = true,
        (record, random) => record.LocalName = record.Name[random.Next(record.Name.Length)..],
        (record, random) => record.LocalExtra = Bytes(random),
        (record, random) => record.CentralExtra = Bytes(random),
        (record, random) => { record.CentralExtra = [1, 0, (byte)random.Next(30), 0, .. Bytes(random)]; record.Size = record.CompressedSize = uint.MaxValue; },
        (record, random) => { record.CentralExtra = [1, 0, 8, 0, .. BitConverter.GetBytes(ByteMutation.Number(random))]; record.Offset = uint.MaxValue; },
        (record, random) => record.Stored = ByteMutation.Once(record.Data, random),
    ];

    private static readonly Action<ZipBytes, Random>[] OfArchive =
    [
        (zip, random) => zip.End.Entries = UShort(random),
        (zip, random) => zip.End.EntriesHere = UShort(random),
        (zip, random) => zip.End.CentralSize = UInt(random),
        (zip, random) => zip.End.CentralOffset = UInt(random),
        (zip, random) => zip.End.CommentLength = UShort(random),
        (zip, random) => zip.End.Comment = Bytes(random),
        (zip, random) => zip.End.Disk = UShort(random),
        (zip, random) => zip.End.Entries64 = (ulong)ByteMutation.Number(random),
        (zip, random) => zip.End.CentralSize64 = (ulong)ByteMutation.Number(random),
        (zip, random) => zip.End.CentralOffset64 = (ulong)ByteMutation.Number(random),
        (zip, random) => zip.End.RecordSize64 = (ulong)ByteMutation.Number(random),
        (zip, random) => zip.End.Locator64 = (ulong)ByteMutation.Number(random),
        (zip, _) => { zip.End.Entries = ushort.MaxValue; zip.End.CentralOffset = uint.MaxValue; zip.End.CentralSize = uint.MaxValue; },
        (zip, random) => zip.Prefix = Bytes(random),
        (zip, random) => zip.BeforeCentral = Bytes(random),
        (zip, random) => zip.Records.RemoveAt(random.Next(zip.Records.Count)),
        (zip, random) => zip.Records.Add(zip.Records[random.Next(zip.Records.Count)] with { }),
        Swap,
    ];

    /// <summary>One to three fields of the archive changed.</summary>
    public static byte[] OfFields(ZipBytes archive, Random random)
    {
        var zip = Copy(archive, random);
        for (int changes = random.Next(1, 4); changes > 0 && zip.Records.Count > 0; changes--)
        {
            if (random.Next(3) == 0)
            {
                OfArchive[random.Next(OfArchive.Length)](zip, random);
            }
            else
            {
                OfRecord[random.Next(OfRecord.Length)](zip.Records[random.Next(zip.Records.Count)], random);
            }
        }

        return zip.ToArray();
    }

    /// <summary>The pickle, or sometimes another entry, changed, and the archive right.</summary>
    public static byte[] OfPickle(ZipBytes archive, Random random)
    {
        var zip = Copy(archive, random);
        int index = random.Next(8) == 0 ? random.Next(zip.Records.Count) : Math.Max(0, zip.Records.FindIndex(record => record.Name.EndsWith(".pkl", StringComparison.Ordinal)));
        var record = zip.Records[index];
        byte[] data = record.Data.Length == 0 ? [1] : PickleMutation.Of(record.Data, random);
        zip.Records[index] = record with { Data = data };
        return zip.ToArray();
    }

    /// <summary>A text that this library's files carry changed, and the archive right.</summary>
    public static byte[] OfMetadata(ZipBytes archive, Random random)
    {
        var zip = Copy(archive, random);
        int[] texts = [.. Enumerable.Range(0, zip.Records.Count).Where(i => IsMetadata(zip.Records[i]))];
        int index = texts[random.Next(texts.Length)];
        string text = JsonMutation.OfText(Encoding.UTF8.GetString(zip.Records[index].Data), random);
        zip.Records[index] = zip.Records[index] with { Data = Encoding.UTF8.GetBytes(text) };
        return zip.ToArray();
    }

    /// <summary>Whether a record is such a text.</summary>
    public static bool IsMetadata(ZipRecord record) => record.Name.Contains("/resnet/", StringComparison.Ordinal);

    private static ZipBytes Copy(ZipBytes archive, Random random)
    {
        var zip = new ZipBytes { End = { Zip64 = random.Next(2) == 0 } };
        zip.Records.AddRange(archive.Records.Select(record => record with { }));
        return zip;
    }

    private static void Swap(ZipBytes zip, Random random)
    {
        int first = random.Next(zip.Records.Count);
        int second = random.Next(zip.Records.Count);
        (zip.Records[first], zip.Records[second]) = (
            zip.Records[first] with { Data = zip.Records[second].Data },
            zip.Records[second] with { Data = zip.Records[first].Data });
    }

    private static uint UInt(Random random) => unchecked((uint)ByteMutation.Number(random));

    private static ushort UShort(Random random) => unchecked((ushort)ByteMutation.Number(random));

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(1, 40)];
        random.NextBytes(bytes);
        return bytes;
    }
}
