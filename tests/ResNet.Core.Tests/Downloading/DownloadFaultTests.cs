using System.Net;
using ResNet.Downloading;

namespace ResNet.Core.Tests.Downloading;

public sealed class DownloadFaultTests
{
    [Fact]
    public async Task Wrong_bytes_are_deleted_and_both_hashes_named()
    {
        byte[] other = new byte[300_000];
        using var web = new DownloadFixture((exchange, _) => exchange.FileAsync(other));

        var fault = await web.FailAsync();

        fault.Message.Should().Be(
            $"{web.Request.Url}: its SHA-256 should begin with {web.Request.Sha256}, but is {DownloadFixture.Hash(other)}. "
            + "It is not the file that was published, or it was changed on the way; what came was deleted.");
        web.Files.Should().BeEmpty();
        web.Server.Exchanges.Should().ContainSingle();
    }

    [Fact]
    public async Task A_missing_file_is_said_to_be_missing_and_not_asked_for_again()
    {
        using var web = new DownloadFixture((exchange, _) => exchange.StatusAsync("404 Not Found"));

        (await web.FailAsync()).Message.Should().Be(
            $"{web.Request.Url}: the server has no such file (404). It may have been moved; a newer version of this library may know where to.");
        web.Server.Exchanges.Should().ContainSingle();
    }

    [Fact]
    public async Task A_forbidden_file_is_said_to_be_forbidden()
    {
        using var web = new DownloadFixture((exchange, _) => exchange.StatusAsync("403 Forbidden"));
        (await web.FailAsync()).Message.Should().Be($"{web.Request.Url}: the server answered 403 (Forbidden); it does not let you have the file.");
    }

    [Fact]
    public async Task An_announced_length_that_is_wrong_is_refused_before_a_byte_is_read()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        web.Request = web.Request with { Length = 123 };

        (await web.FailAsync()).Message.Should().Be(
            $"{web.Request.Url}: the server announces 300000 bytes, but the file has 123. A proxy or a login page may stand between; look at it in a browser.");
        web.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task An_announced_length_that_is_too_short_is_found_by_the_hash()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await exchange.HeadAsync("200 OK", "Content-Length: 100");
            await exchange.WriteAsync(content);
        });

        (await web.FailAsync()).Message.Should().Contain($"its SHA-256 should begin with {web.Request.Sha256}, but is {DownloadFixture.Hash(web.Content[..100])}.");
    }

    [Fact]
    public async Task An_announced_length_that_is_too_long_is_a_cut_connection()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await exchange.HeadAsync("200 OK", $"Content-Length: {content.Length + 1}", "ETag: \"one\"");
            await exchange.WriteAsync(content);
        });
        web.Options = web.Options with { AttemptCount = 2 };

        (await web.FailAsync()).Message.Should().Contain("given up after 2 attempts.");
        File.Exists(web.Target).Should().BeFalse();
    }

    [Fact]
    public async Task A_connection_that_ends_too_soon_without_a_length_is_tried_again()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await exchange.HeadAsync("200 OK");
            await exchange.WriteAsync(exchange.Number == 1 ? content.AsMemory(0, 777) : content);
        });
        web.Request = web.Request with { Length = web.Content.Length };

        await web.GetAsync();

        web.Server.Exchanges.Should().HaveCount(2);
        web.ShouldBeComplete();
    }

    [Theory]
    [InlineData(true, "the server sends more than the 300000 bytes that the file has. What came was deleted.")]
    [InlineData(false, "the server does not say how long the file is and sent more than 500000 bytes; raise LongestUnannounced if that can be.")]
    public async Task A_server_that_sends_for_ever_is_stopped(bool lengthKnown, string message)
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await exchange.HeadAsync("200 OK");
            while (true)
            {
                await exchange.WriteAsync(content);
            }
        });
        web.Request = web.Request with { Length = lengthKnown ? web.Content.Length : null };
        web.Options = web.Options with { LongestUnannounced = 500_000 };
        var progress = new ProgressList();

        var fault = await web.Awaiting(it => it.GetAsync(progress)).Should().ThrowAsync<DownloadException>();

        fault.Which.Message.Should().Be($"{web.Request.Url}: {message}");
        progress.Heard.Max(step => step.BytesReceived).Should().BeLessThanOrEqualTo(500_000);
        web.Files.Should().BeEmpty();
    }

    [Fact]
    public async Task Redirects_are_followed()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.Path switch
        {
            "/models/net.pth" => exchange.StatusAsync("302 Found", "Location: ../elsewhere/a.bin"),
            "/elsewhere/a.bin" => exchange.StatusAsync("308 Permanent Redirect", "Location: /final"),
            _ => exchange.FileAsync(content),
        });

        (await web.GetAsync()).Should().Be(web.Target, "the name is that of the address asked for");
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_range_is_asked_for_behind_a_redirect_too()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.Path == "/final"
            ? exchange.FileAsync(content, cutAfter: exchange.RangeStart is null ? 4000 : null)
            : exchange.StatusAsync("302 Found", "Location: /final"));

        await web.GetAsync();

        web.Server.Exchanges.Select(exchange => (exchange.Path, exchange.RangeStart)).Should().Equal(
            ("/models/net.pth", null), ("/final", null), ("/models/net.pth", 4000), ("/final", 4000));
    }

    [Fact]
    public async Task A_circle_of_redirects_is_left()
    {
        using var web = new DownloadFixture((exchange, _) => exchange.StatusAsync("301 Moved Permanently", $"Location: {exchange.Path}"));

        (await web.FailAsync()).Message.Should().Be(
            $"{web.Request.Url}: it redirects more than 10 times, the last time to {web.Request.Url}; the server seems to send in circles.");
        web.Server.Exchanges.Should().HaveCount(11);
    }

    [Theory]
    [InlineData("http://plain.example/net.pth", "it redirects from https to http://plain.example/net.pth, which anyone on the way could change. It is not followed.")]
    [InlineData("file:///etc/passwd", "it redirects to file:///etc/passwd, which is no web address.")]
    public async Task A_redirect_to_something_less_safe_is_not_followed(string location, string message)
    {
        using var folder = new TemporaryFolder();
        using var client = new HttpClient(new RedirectingHandler(new Uri(location)));
        using var downloader = new FileDownloader(new DownloadOptions { CacheFolder = folder.Root, Mirror = null }, client);
        var request = new DownloadRequest { Url = new Uri("https://safe.example/net.pth") };

        var fault = await downloader.Awaiting(it => it.GetAsync(request)).Should().ThrowAsync<DownloadException>();

        fault.Which.Message.Should().Be($"https://safe.example/net.pth: {message}");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        await File.WriteAllTextAsync(web.Options.CacheFolder, "a file where a folder should be");

        var fault = await web.FailAsync();

        fault.Message.Should().StartWith($"{web.Request.Url}: it cannot be kept as {web.Target}: ")
            .And.EndWith("Make room or give permission there, or name another folder with RESNET_CACHE.");
        web.Server.Exchanges.Should().BeEmpty();
    }

    [Fact]
    public async Task A_disk_without_room_is_found_before_it_is_full()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content));
        web.Options = web.Options with { FreeSpace = _ => 1234 };

        (await web.FailAsync()).Message.Should().Be(
            $"{web.Request.Url}: 300000 bytes are still to come, but the disk of {web.Options.CacheFolder} has 1234 free. Free some, or name another folder with RESNET_CACHE.");
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_not_waited_for()
    {
        using var web = new DownloadFixture((_, _) => Task.CompletedTask);
        web.Request = web.Request with { Url = new Uri("https://nowhere.invalid/net.pth") };
        web.Options = web.Options with { FirstPause = TimeSpan.FromMinutes(10), LongestPause = TimeSpan.FromMinutes(10) };

        (await web.FailAsync()).Message.Should().Be(
            "https://nowhere.invalid/net.pth: the host nowhere.invalid is not found. Check the network, or name a mirror with RESNET_MIRROR.");
    }

    private sealed class RedirectingHandler(Uri location) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(HttpStatusCode.Found) { RequestMessage = request };
            response.Headers.Location = location;
            return Task.FromResult(response);
        }
    }
}
