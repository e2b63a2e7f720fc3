using ResNet.Downloading;

namespace ResNet.Core.Tests.Downloading;

public sealed class RetryTests
{
    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    [InlineData("408 Request Timeout")]
    public async Task A_server_in_trouble_is_asked_again(string status)
    {
        using var web = new DownloadFixture((exchange, content) => exchange.Number <= 2 ? exchange.StatusAsync(status) : exchange.FileAsync(content));

        await web.GetAsync();

        web.Server.Exchanges.Should().HaveCount(3);
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task Pauses_double_up_to_the_longest_and_then_it_is_given_up()
    {
        using var web = new DownloadFixture((exchange, _) => exchange.StatusAsync("502 Bad Gateway"));
        var clock = new SkippingClock();
        web.Options = web.Options with
        {
            TimeProvider = clock,
            AttemptCount = 6,
            StallTimeout = Timeout.InfiniteTimeSpan,
            FirstPause = TimeSpan.FromSeconds(1),
            LongestPause = TimeSpan.FromSeconds(6),
        };

        var fault = await web.FailAsync();

        clock.Pauses.Select(pause => pause.TotalSeconds).Should().Equal(1, 2, 4, 6, 6);
        fault.Message.Should().Be(
            $"{web.Request.Url}: the server answered 502 (Bad Gateway); given up after 6 attempts. Check the network and try again.");
        fault.Url.Should().Be(web.Request.Url);
    }

    [Fact]
    public async Task Pauses_stay_within_bounds_however_many_there_are()
    {
        using var web = new DownloadFixture((exchange, _) => exchange.StatusAsync("502 Bad Gateway"));
        web.Options = web.Options with { AttemptCount = 100, LongestPause = TimeSpan.FromMilliseconds(1) };

        var fault = await web.FailAsync();

        fault.Message.Should().Contain("given up after 100 attempts");
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("86400", 30)]
    public async Task A_server_may_ask_for_a_longer_pause_within_bounds(string wish, int seconds)
    {
        using var web = new DownloadFixture((exchange, content) =>
            exchange.Number == 1 ? exchange.StatusAsync("429 Too Many Requests", $"Retry-After: {wish}") : exchange.FileAsync(content));
        var clock = new SkippingClock();
        web.Options = web.Options with { TimeProvider = clock, StallTimeout = Timeout.InfiniteTimeSpan };

        await web.GetAsync();

        clock.Pauses.Should().Equal(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public async Task What_came_before_giving_up_is_kept()
    {
        using var web = new DownloadFixture((exchange, content) =>
            exchange.Number == 1 ? exchange.FileAsync(content, cutAfter: 1000) : exchange.StatusAsync("500 Broken"));
        web.Options = web.Options with { AttemptCount = 2 };

        var fault = await web.FailAsync();

        fault.Message.Should().EndWith("given up after 2 attempts. Check the network and try again. The 1000 bytes that came are kept; the next download goes on from there.");
        new FileInfo(web.Part).Length.Should().Be(1000);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_and_asked_again()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await exchange.FileAsync(content, cutAfter: exchange.Number == 1 ? 1000 : null);
            await (exchange.Number == 1 ? Task.Delay(Timeout.Infinite, exchange.End) : Task.CompletedTask);
        });
        web.Options = web.Options with { StallTimeout = TimeSpan.FromSeconds(3) };

        await web.GetAsync();

        web.Server.Exchanges[1].RangeStart.Should().Be(1000);
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        using var web = new DownloadFixture((exchange, _) => Task.Delay(Timeout.Infinite, exchange.End));
        web.Options = web.Options with { StallTimeout = TimeSpan.FromSeconds(2), AttemptCount = 2 };

        (await web.FailAsync()).Message.Should().Contain("the server sent nothing for 2 seconds; given up after 2 attempts.");
        web.Server.Exchanges.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_slow_drip_is_waited_for()
    {
        using var web = new DownloadFixture(
            async (exchange, content) =>
            {
                await exchange.HeadAsync("200 OK", $"Content-Length: {content.Length}");
                foreach (byte[] drop in content.Chunk(1))
                {
                    await exchange.WriteAsync(drop);
                    await Task.Delay(450, exchange.End);
                }
            },
            length: 8);
        web.Options = web.Options with { StallTimeout = TimeSpan.FromSeconds(3) };

        await web.GetAsync();

        web.Server.Exchanges.Should().ContainSingle();
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_host_that_is_lost_in_mid_download_is_waited_for()
    {
        using var web = new DownloadFixture((exchange, content) => exchange.FileAsync(content, cutAfter: exchange.Number == 1 ? 1000 : null));
        using var client = new HttpClient(new LostHostHandler(1));
        using var downloader = new FileDownloader(web.Options, client);

        await downloader.GetAsync(web.Request);

        web.ShouldBeComplete();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_a_few_times()
    {
        using var web = new DownloadFixture((_, _) => Task.CompletedTask);
        web.Server.Dispose();

        var fault = await web.FailAsync();

        fault.Message.Should().Contain("the server gave no answer (").And.Contain("given up after 5 attempts.");
    }

    /// <summary>A line on which one request, counted from 0, finds no host.</summary>
    private sealed class LostHostHandler(int lost) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _count;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _count++ == lost
            ? throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host is known.")
            : base.SendAsync(request, cancellationToken);
    }
}
