using System.Formats.Tar;
using System.Security.Cryptography;
using ResNet.Downloading;

namespace ResNet.Training.Tests.Data;

public sealed class CifarArchiveTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly string _cache;
    private readonly string _archive;

    public CifarArchiveTests()
    {
        _cache = _temporary.PathTo("cache");
        _archive = _temporary.PathTo("cifar-10-binary.tar.gz");
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task An_archive_is_unpacked_once_and_leaves_nothing_else()
    {
        File.WriteAllBytes(_archive, CifarFiles.Archive(CifarFiles.Cifar10, tar => CifarFiles.Add(tar, "cifar-10-batches-bin/readme.html", [1, 2, 3])));

        var first = await OpenAsync(_archive);
        DateTime written = Directory.GetLastWriteTimeUtc(Unpacked().Single());
        var again = await OpenAsync(_temporary.Root);

        again.Read(301).Image.Pixels.Should().Equal(first.Read(301).Image.Pixels);
        Unpacked().Select(Directory.GetLastWriteTimeUtc).Should().Equal(written);
        Directory.GetFiles(Unpacked().Single()).Select(Path.GetFileName).Should().BeEquivalentTo("data_batch_1.bin", "data_batch_2.bin", "test_batch.bin");
    }

    [Fact]
    public async Task An_archive_that_changed_is_unpacked_anew()
    {
        File.WriteAllBytes(_archive, CifarFiles.Archive(CifarFiles.Cifar10));
        await OpenAsync(_archive);

        File.SetLastWriteTimeUtc(_archive, DateTime.UtcNow.AddHours(-1));
        await OpenAsync(_archive);

        Unpacked().Should().HaveCount(2);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed()
    {
        File.WriteAllBytes(_archive, CifarFiles.Archive(CifarFiles.Cifar10));
        await OpenAsync(_archive);
        string folder = Unpacked().Single();
        Directory.Move(folder, folder + ".partial");
        File.Delete(Path.Combine(folder + ".partial", "test_batch.bin"));

        await OpenAsync(_archive);

        Unpacked().Should().Equal(folder);
        Directory.GetFiles(folder).Should().HaveCount(3);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("text")]
    [InlineData("lacking")]
    [InlineData("short file")]
    [InlineData("link")]
    [InlineData("bomb")]
    public async Task A_bad_archive_is_refused_and_nothing_stays(string kind)
    {
        CifarFormat other = CifarFiles.Cifar10 with { Test = [new CifarFile(kind == "lacking" ? "others.bin" : "test_batch.bin", kind == "short file" ? 2 : 3)] };
        byte[] bytes = kind == "text" ? "this is no archive"u8.ToArray() : CifarFiles.Archive(other, tar => AddBad(tar, kind));
        File.WriteAllBytes(_archive, kind == "cut" ? bytes[..(bytes.Length / 2)] : bytes);

        var fault = await FluentActions.Awaiting(() => OpenAsync(_archive)).Should().ThrowAsync<DatasetException>();

        fault.Which.Message.Should().StartWith($"{_archive} is no archive of CIFAR-10, or is damaged or cut off: ");
        Unpacked().Should().BeEmpty();
        File.Exists(_temporary.PathTo("evil.bin")).Should().BeFalse();
    }

    [Fact]
    public async Task Names_that_climb_out_of_the_folder_are_not_followed()
    {
        File.WriteAllBytes(_archive, CifarFiles.Archive(CifarFiles.Cifar10, tar =>
        {
            CifarFiles.Add(tar, "../evil.bin", [1]);
            CifarFiles.Add(tar, "cifar-10-batches-bin/../../evil.bin", [1]);
            CifarFiles.Add(tar, _temporary.PathTo("evil.bin").TrimStart('/'), [1]);
        }));

        await OpenAsync(_archive);

        Directory.GetFiles(_temporary.Root, "evil.bin", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task A_download_is_checked_unpacked_and_not_repeated()
    {
        byte[] archive = CifarFiles.Archive(CifarFiles.Cifar10);
        using var server = new TestServer(exchange => exchange.FileAsync(archive));
        var options = new DownloadOptions { CacheFolder = _cache, Mirror = server.Root };
        var progress = new List<DownloadProgress>();
        CifarFormat format = CifarFiles.Cifar10 with
        {
            Archive = new DownloadRequest { Url = CifarFormat.Cifar10.Archive.Url, Sha256 = Convert.ToHexStringLower(SHA256.HashData(archive)), Length = archive.Length },
        };

        var train = await Cifar10.DownloadAsync(format, CifarPart.Train, options, new ImmediateProgress<DownloadProgress>(progress.Add), CancellationToken.None);
        var test = await Cifar10.DownloadAsync(format, CifarPart.Test, options, progress: null, CancellationToken.None);

        (train.Count, test.Count).Should().Be((302, 3));
        server.Exchanges.Should().ContainSingle().Which.Path.Should().Be("/~kriz/cifar-10-binary.tar.gz");
        progress[^1].BytesReceived.Should().Be(archive.Length);
    }

    [Fact]
    public async Task A_download_that_is_not_what_was_published_is_refused()
    {
        byte[] archive = CifarFiles.Archive(CifarFiles.Cifar10);
        using var server = new TestServer(exchange => exchange.FileAsync(archive));
        var options = new DownloadOptions { CacheFolder = _cache, Mirror = server.Root, AttemptCount = 1 };

        await FluentActions.Awaiting(() => Cifar10.DownloadAsync(options: options)).Should().ThrowAsync<DownloadException>();
        await FluentActions.Awaiting(() => Cifar100.DownloadAsync(options: options)).Should().ThrowAsync<DownloadException>();

        Unpacked().Should().BeEmpty();
    }

    private static void AddBad(TarWriter tar, string kind)
    {
        if (kind == "link")
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "cifar-10-batches-bin/test_batch.bin") { LinkName = "../../evil.bin" });
        }
        else if (kind == "bomb")
        {
            CifarFiles.Add(tar, "cifar-10-batches-bin/zeros", new byte[3 << 20]);
        }
    }

    private string[] Unpacked() => Directory.Exists(_cache) ? Directory.GetDirectories(_cache, "cifar*") : [];

    private Task<Cifar10> OpenAsync(string path) =>
        Cifar10.OpenAsync(CifarFiles.Cifar10, path, CifarPart.Train, new DownloadOptions { CacheFolder = _cache, Mirror = null }, CancellationToken.None);
}
