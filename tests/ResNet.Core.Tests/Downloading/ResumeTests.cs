namespace ResNet.Core.Tests.Downloading;

public sealed class ResumeTests
{
    [Fact]
    public async Task A_cut_connection_is_gone_on_with_from_its_last_byte()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content, cutAfter: exchange.Number == 1 ? 100_000 : null));

        await web.GetAsync();

        web.ShouldBeComplete();
        web.Server.Exchanges.Should().HaveCount(2);
        web.Server.Exchanges[1].Header("Range").Should().Be("bytes=100000-");
        web.Server.Exchanges[1].Header("If-Range").Should().Be("\"one\"");
    }

    [Fact]
    public async Task A_server_that_has_no_more_does_not_make_a_short_file_complete()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            if (exchange.RangeStart is not null)
            {
                await exchange.StatusAsync("416 Range Not Satisfiable", "Content-Range: bytes */10");
                return;
            }

            await exchange.HeadAsync("200 OK", "ETag: \"one\"", "Connection: close");
            await exchange.WriteAsync(content.AsMemory(0, 10));
        });
        web.Request = web.Request with { Sha256 = null, FileName = "net.pth", Length = 20 };
        web.Options = web.Options with { AttemptCount = 2 };

        var fault = await web.FailAsync();

        fault.Message.Should().Contain("the connection ended after 10 of 20 bytes");
        File.Exists(web.Target).Should().BeFalse();
    }

    [Fact]
    public async Task A_long_file_is_got_in_more_pieces_than_there_are_attempts()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content, cutAfter: 2 << 20), 9 << 20);
        web.Options = web.Options with { AttemptCount = 2 };

        await web.GetAsync();

        web.ShouldBeComplete();
        web.Server.Exchanges.Should().HaveCount(5);
    }

    [Fact]
    public async Task A_server_without_tags_is_asked_by_the_date()
    {
        const string Date = "Last-Modified: Tue, 15 Nov 1994 12:45:26 GMT";
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            int start = exchange.RangeStart ?? 0;
            await (start == 0
                ? exchange.HeadAsync("200 OK", $"Content-Length: {content.Length}", Date)
                : exchange.HeadAsync("206 Partial Content", $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}", Date));
            await exchange.WriteAsync(start == 0 ? content.AsMemory(0, 1000) : content.AsMemory(start));
        });

        await web.GetAsync();

        web.ShouldBeComplete();
        web.Server.Exchanges[1].Header("If-Range").Should().Be("Tue, 15 Nov 1994 12:45:26 GMT");
    }

    [Fact]
    public async Task Without_tag_date_and_hash_a_download_starts_again()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content, tag: null, cutAfter: exchange.Number == 1 ? 1000 : null));
        web.Request = web.Request with { Sha256 = null, FileName = "net.pth" };

        await web.GetAsync();

        File.ReadAllBytes(web.Target).Should().Equal(web.Content);
        web.Server.Exchanges[1].Header("Range").Should().BeNull();
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_starts_from_the_beginning()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await exchange.HeadAsync("200 OK", $"Content-Length: {content.Length}", "ETag: \"one\"");
            await exchange.WriteAsync(exchange.Number == 1 ? content.AsMemory(0, 5000) : content);
        });

        await web.GetAsync();

        web.Server.Exchanges[1].Header("Range").Should().Be("bytes=5000-");
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_file_that_changed_between_two_attempts_starts_from_the_beginning()
    {
        byte[] old = new byte[300_000];
        using var web = new DownloadFixture((exchange, content) =>
            exchange.Number == 1 ? exchange.FileAsync(old, "\"old\"", 50_000) : exchange.FileAsync(content, "\"new\""));

        await web.GetAsync();

        web.Server.Exchanges.Should().HaveCount(2);
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_piece_of_another_version_is_never_appended()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            if (exchange.RangeStart is { } start)
            {
                await exchange.HeadAsync("206 Partial Content", $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}", "ETag: \"new\"");
                await exchange.WriteAsync(content.AsMemory(start));
                return;
            }

            await exchange.FileAsync(content, exchange.Number == 1 ? "\"old\"" : "\"new\"", exchange.Number == 1 ? 50_000 : null);
        });
        web.Request = web.Request with { Sha256 = null, FileName = "net.pth" };

        await web.GetAsync();

        web.Server.Exchanges.Select(exchange => exchange.RangeStart).Should().Equal(null, 50_000, null);
        File.ReadAllBytes(web.Target).Should().Equal(web.Content);
    }

    [Fact]
    public async Task Pieces_that_do_not_fit_together_are_fetched_once_more()
    {
        using var web = new DownloadFixture((exchange, content) =>
            exchange.Number == 1 ? exchange.FileAsync(new byte[content.Length], "\"same\"", 50_000) : exchange.FileAsync(content, "\"same\""));

        await web.GetAsync();

        web.Server.Exchanges.Select(exchange => exchange.RangeStart).Should().Equal(null, 50_000, null);
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_range_that_cannot_be_had_starts_from_the_beginning()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.RangeStart is null
            ? exchange.FileAsync(content, cutAfter: exchange.Number == 1 ? 5000 : null)
            : exchange.StatusAsync("416 Range Not Satisfiable", "Content-Range: bytes */100"));

        await web.GetAsync();

        web.Server.Exchanges.Should().HaveCount(3);
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_cancelled_download_is_gone_on_with_by_the_next_one()
    {
        using var cancel = new CancellationTokenSource();
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await exchange.FileAsync(content, cutAfter: exchange.Number == 1 ? 200_000 : null);
            await (exchange.Number == 1 ? Task.Delay(Timeout.Infinite, exchange.End) : Task.CompletedTask);
        });
        Task? cancelling = null;
        var progress = new ProgressList(_ => cancelling ??= Task.Run(() =>
        {
            SpinWait.SpinUntil(() => File.Exists(web.Part) && new FileInfo(web.Part).Length == 200_000, TimeSpan.FromMinutes(1));
            cancel.Cancel();
        }));

        await web.Awaiting(it => it.GetAsync(progress, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();
        await cancelling!;
        web.Files.Should().Equal("net.pth.part", "net.pth.part.json");
        await web.GetAsync();

        web.Server.Exchanges[1].RangeStart.Should().Be(200_000);
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_download_that_was_complete_but_not_checked_needs_no_network()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        await web.GetAsync();
        File.Move(web.Target, web.Part);
        await File.WriteAllTextAsync(
            web.Part + ".json", $$"""{"url":"{{web.Request.Url}}","eTag":"\"one\"","lastModified":null,"length":{{web.Content.Length}}}""");

        await web.GetAsync();

        web.Server.Exchanges.Should().ContainSingle();
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task What_is_no_note_of_ours_starts_from_the_beginning()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        Directory.CreateDirectory(web.Options.CacheFolder);
        await File.WriteAllTextAsync(web.Part, "half a file");
        await File.WriteAllTextAsync(web.Part + ".json", "not json");

        await web.GetAsync();

        web.Server.Exchanges.Should().ContainSingle().Which.RangeStart.Should().BeNull();
        web.ShouldBeComplete();
    }
}
