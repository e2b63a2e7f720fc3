using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights;

public sealed class StoredZipWriterTests
{
    private const long FiveGiB = 5L << 30;

    [Fact]
    public void A_small_archive_has_no_records_of_zip64()
    {
        using var stream = new MemoryStream();
        var zip = new StoredZipWriter(stream);
        Add(zip, "a/b", "hello");
        zip.Finish();

        Convert.ToHexString(stream.ToArray()).Should().Be(
            "504B0304" + "1400" + "0008" + "0000" + "0000" + "2100" + "86A61036" + "05000000" + "05000000" + "0300" + "1F00" + "612F62"
            + "4642" + "1B00" + new string('0', 54) + "68656C6C6F"
            + "504B0102" + "1400" + "1400" + "0008" + "0000" + "0000" + "2100" + "86A61036" + "05000000" + "05000000" + "0300" + "0000"
            + "0000" + "0000" + "0000" + "00000000" + "00000000" + "612F62"
            + "504B0506" + "0000" + "0000" + "0100" + "0100" + "31000000" + "45000000" + "0000");
    }

    [Fact]
    public void Entries_beyond_4_GiB_are_read_by_others()
    {
        using var stream = new SparseStream();
        var zip = new StoredZipWriter(stream);
        Add(zip, "first", "before");
        zip.Add("large", FiveGiB, 0, target => target.Seek(FiveGiB, SeekOrigin.Current));
        Add(zip, "last", "behind");
        zip.Finish();

        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        archive.Entries.Select(entry => (entry.FullName, entry.Length, entry.CompressedLength)).Should().Equal(
            ("first", 6, 6), ("large", FiveGiB, FiveGiB), ("last", 6, 6));
        Text(archive.Entries[0]).Should().Be("before");
        Text(archive.Entries[2]).Should().Be("behind");
        using var large = archive.Entries[1].Open();
        large.ReadByte().Should().Be(0);
    }

    [Fact]
    public void An_entry_that_only_begins_beyond_4_GiB_is_read_too()
    {
        using var stream = new SparseStream();
        var zip = new StoredZipWriter(stream);
        const long Half = 0xFFFF_FFF0L;
        zip.Add("just.below", Half, 0, target => target.Seek(Half, SeekOrigin.Current));
        Add(zip, "behind", "text");
        zip.Finish();

        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        archive.Entries[0].Length.Should().Be(Half);
        Text(archive.Entries[1]).Should().Be("text");
    }

    [Fact]
    public void More_entries_than_16_bits_can_count_are_read_by_others()
    {
        using var stream = new MemoryStream();
        var zip = new StoredZipWriter(stream);
        for (int i = 0; i < 70_000; i++)
        {
            Add(zip, i.ToString(CultureInfo.InvariantCulture), "x");
        }

        zip.Finish();
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        archive.Entries.Should().HaveCount(70_000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(63)]
    [InlineData(100)]
    public void Every_entry_begins_at_a_multiple_of_64(int nameLength)
    {
        using var stream = new SparseStream();
        var zip = new StoredZipWriter(stream);
        var starts = new List<long>();
        for (int i = 0; i < 5; i++)
        {
            byte[] bytes = new byte[1 + i];
            zip.Add(new string('n', nameLength) + i, bytes.Length, 0, target =>
            {
                starts.Add(target.Position);
                target.Write(bytes);
            });
        }

        starts.Should().HaveCount(5).And.OnlyContain(start => start % 64 == 0);
    }

    private static void Add(StoredZipWriter zip, string name, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        zip.Add(name, bytes.Length, Crc32.HashToUInt32(bytes), target => target.Write(bytes));
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
