using ResNet.Downloading;

namespace ResNet.Core.Tests.Downloading;

public sealed class FileDownloaderTests
{
    [Fact]
    public void A_thread_that_waits_for_a_download_does_not_stop_it()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        bool done = false;
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new BlockedContext());
            web.GetAsync().GetAwaiter().GetResult();
            done = true;
        })
        { IsBackground = true };

        thread.Start();

        thread.Join(TimeSpan.FromSeconds(30));
        done.Should().BeTrue();
    }

    [Fact]
    public async Task A_file_is_fetched_under_its_own_name()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));

        string path = await web.GetAsync();

        path.Should().Be(web.Target);
        web.ShouldBeComplete();
        web.Server.Exchanges.Should().ContainSingle().Which.Path.Should().Be("/models/net.pth");
    }

    [Fact]
    public async Task A_file_of_the_cache_needs_no_network()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        await web.GetAsync();
        web.Server.Dispose();

        (await web.GetAsync()).Should().Be(web.Target);
    }

    [Fact]
    public async Task A_file_put_there_by_hand_is_hashed_once_and_used()
    {
        using var web = new DownloadFixture((exchange, _) => exchange.StatusAsync("500 Broken"));
        Directory.CreateDirectory(web.Options.CacheFolder);
        await File.WriteAllBytesAsync(web.Target, web.Content);

        (await web.GetAsync()).Should().Be(web.Target);

        web.Server.Exchanges.Should().BeEmpty();
        web.Files.Should().Equal("net.pth", "net.pth.sha256");
    }

    [Fact]
    public async Task A_file_of_the_cache_that_changed_is_fetched_anew()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        await web.GetAsync();
        await File.WriteAllTextAsync(web.Target, "something else");

        await web.GetAsync();

        web.ShouldBeComplete();
        web.Server.Exchanges.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_full_check_finds_a_byte_that_rotted()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        await web.GetAsync();
        var time = File.GetLastWriteTimeUtc(web.Target);
        await File.WriteAllBytesAsync(web.Target, [.. web.Content.Select((value, i) => i == 1000 ? (byte)~value : value)]);
        File.SetLastWriteTimeUtc(web.Target, time);

        await web.GetAsync();
        web.Server.Exchanges.Should().ContainSingle("length and time are those of the checked file");
        web.Options = web.Options with { VerifyCached = true };
        await web.GetAsync();

        web.ShouldBeComplete();
        web.Server.Exchanges.Should().HaveCount(2);
    }

    [Fact]
    public async Task Finding_a_file_asks_nobody()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        using var downloader = new FileDownloader(web.Options);

        (await downloader.FindAsync(web.Request)).Should().BeNull();
        web.Server.Exchanges.Should().BeEmpty();
        await downloader.GetAsync(web.Request);
        (await downloader.FindAsync(web.Request)).Should().Be(web.Target);
    }

    [Fact]
    public async Task The_first_digits_of_a_hash_are_enough()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        web.Request = web.Request with { Sha256 = web.Request.Sha256![..8].ToUpperInvariant() };

        await web.GetAsync();

        web.ShouldBeComplete();
    }

    [Fact]
    public async Task Progress_begins_at_nothing_and_ends_at_the_whole()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        var progress = new ProgressList();

        await web.GetAsync(progress);

        progress.Heard[0].Should().Be(new DownloadProgress("net.pth", 0, web.Content.Length));
        progress.Heard[^1].Should().Be(new DownloadProgress("net.pth", web.Content.Length, web.Content.Length));
        progress.Heard.Select(step => step.BytesReceived).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_mirror_takes_the_place_of_the_host_and_puts_its_path_before()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        web.Request = web.Request with { Url = new Uri("https://nowhere.invalid/models/net.pth?raw=true") };
        web.Options = web.Options with { Mirror = web.Server.Url("files/") };

        await web.GetAsync();

        web.Server.Exchanges.Should().ContainSingle().Which.Path.Should().Be("/files/models/net.pth?raw=true");
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_client_of_the_callers_own_stays_open()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        using var client = new HttpClient();
        using (var downloader = new FileDownloader(web.Options, client))
        {
            await downloader.GetAsync(web.Request);
        }

        (await client.GetByteArrayAsync(web.Request.Url)).Should().Equal(web.Content);
    }

    [Theory]
    [InlineData("../net.pth")]
    [InlineData("a\\b.pth")]
    [InlineData(".hidden")]
    [InlineData("c:net.pth")]
    [InlineData("")]
    public void A_name_that_leads_out_of_the_folder_is_refused(string name) =>
        FluentActions.Invoking(() => new DownloadRequest { Url = new Uri("https://a.example/x"), FileName = name })
            .Should().Throw<ArgumentException>().WithMessage($"'{name}' is no plain file name: give one without folders, special characters or a leading dot.*");

    [Theory]
    [InlineData("https://a.example/")]
    [InlineData("https://a.example/..%2f..%2fpasswd")]
    public void An_address_without_a_plain_name_needs_one(string url)
    {
        using var downloader = new FileDownloader(new DownloadOptions { CacheFolder = "cache" });
        downloader.Invoking(it => it.PathOf(new DownloadRequest { Url = new Uri(url) }))
            .Should().Throw<ArgumentException>().WithMessage($"{new Uri(url)} does not end in a file's name; say one with FileName.*");
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("not a hash")]
    public void What_is_no_hash_is_refused(string hash) =>
        FluentActions.Invoking(() => new DownloadRequest { Url = new Uri("https://a.example/x"), Sha256 = hash })
            .Should().Throw<ArgumentException>().WithMessage($"'{hash}' is no SHA-256; it must be 8 to 64 hexadecimal digits.*");

    [Fact]
    public void What_is_no_web_address_is_refused() =>
        FluentActions.Invoking(() => new DownloadRequest { Url = new Uri("file:///etc/passwd") })
            .Should().Throw<ArgumentException>().WithMessage("'file:///etc/passwd' is no absolute address that begins with https:// or http://.*");
}
