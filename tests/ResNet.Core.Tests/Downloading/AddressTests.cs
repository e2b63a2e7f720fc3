using ResNet.Downloading;

namespace ResNet.Core.Tests.Downloading;

/// <summary>Whose file a file of the cache is, where no hash says it.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("a/model.pth", "b/model.pth")]
    [InlineData("download?file=a", "download?file=b")]
    public async Task Addresses_that_end_alike_have_files_of_their_own(string first, string second)
    {
        using var web = Echo();

        string one = await web.GetAsync(first);
        string other = await web.GetAsync(second);

        (await File.ReadAllTextAsync(one)).Should().Be($"/{first}");
        (await File.ReadAllTextAsync(other)).Should().Be($"/{second}");
    }

    [Fact]
    public async Task A_file_without_a_hash_is_fetched_once()
    {
        using var web = Echo();

        string path = await web.GetAsync("a/model.pth");
        (await web.GetAsync("a/model.pth#readers-know-this-part-alone")).Should().Be(path);

        Path.GetFileName(path).Should().MatchRegex("^model-[0-9a-f]{16}[.]pth$");
        web.Server.Exchanges.Should().ContainSingle();
    }

    [Fact]
    public async Task A_name_that_the_caller_gives_belongs_to_one_address_at_a_time()
    {
        using var web = Echo();

        string path = await web.GetAsync("a/model.pth", name: "mine.pth");
        await web.GetAsync("a/model.pth", name: "mine.pth");
        web.Server.Exchanges.Should().ContainSingle();
        (await web.GetAsync("b/model.pth", name: "mine.pth")).Should().Be(path);

        (await File.ReadAllTextAsync(path)).Should().Be("/b/model.pth");
    }

    [Fact]
    public async Task A_file_of_an_unknown_address_is_fetched_anew_without_a_hash_and_used_with_one()
    {
        using var web = Echo();
        web.Request = web.Request with { FileName = "mine.pth", Sha256 = null };
        string path = Path.Combine(web.Options.CacheFolder, "mine.pth");
        Directory.CreateDirectory(web.Options.CacheFolder);
        await File.WriteAllTextAsync(path, "of a former time");
        string hash = DownloadFixture.Hash(await File.ReadAllBytesAsync(path));
        await File.WriteAllTextAsync(path + ".sha256", FormattableString.Invariant($"{hash} 16 {File.GetLastWriteTimeUtc(path).Ticks}"));

        var withHash = web.Request with { Sha256 = hash };
        using var downloader = new FileDownloader(web.Options);
        (await downloader.GetAsync(withHash)).Should().Be(path);
        web.Server.Exchanges.Should().BeEmpty();
        await web.GetAsync();

        (await File.ReadAllTextAsync(path)).Should().Be("/models/net.pth");
    }

    [Fact]
    public async Task A_file_put_there_by_hand_belongs_to_the_first_address_that_asks()
    {
        using var web = Echo();
        string path = Path.Combine(web.Options.CacheFolder, "mine.pth");
        Directory.CreateDirectory(web.Options.CacheFolder);
        await File.WriteAllTextAsync(path, "by hand");

        await web.GetAsync("a/model.pth", name: "mine.pth");
        await web.GetAsync("a/model.pth", name: "mine.pth");
        web.Server.Exchanges.Should().BeEmpty();
        await web.GetAsync("b/model.pth", name: "mine.pth");

        (await File.ReadAllTextAsync(path)).Should().Be("/b/model.pth");
    }

    [Fact]
    public async Task A_copied_cache_needs_no_network_though_its_times_are_others()
    {
        using var web = Echo();
        string path = await web.GetAsync("a/model.pth");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1));

        (await web.GetAsync("a/model.pth")).Should().Be(path);

        web.Server.Exchanges.Should().ContainSingle();
    }

    /// <summary>Every file says which path it was asked for under.</summary>
    private static DownloadFixture Echo() => new((exchange, _) => exchange.FileAsync(System.Text.Encoding.UTF8.GetBytes(exchange.Path)));
}
