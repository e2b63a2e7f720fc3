namespace ResNet.Core.Tests.Downloading;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Many_at_once_download_once()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await Task.Delay(200, exchange.End);
            await exchange.FileAsync(content);
        });

        // Each has a downloader of its own, as other processes have: only the lock on disk stands between them.
        string[] paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => web.GetAsync())));

        paths.Should().AllBe(web.Target);
        web.Server.Exchanges.Should().ContainSingle();
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task Who_waits_goes_on_where_the_first_one_failed()
    {
        using var web = new DownloadFixture(async (exchange, content) =>
        {
            await Task.Delay(200, exchange.End);
            await exchange.FileAsync(content, cutAfter: exchange.Number == 1 ? 70_000 : null);
        });
        web.Options = web.Options with { AttemptCount = 1 };

        var both = new[] { Task.Run(() => web.GetAsync()), Task.Run(() => web.GetAsync()) };
        await Task.WhenAll(both.Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default)));

        both.Should().ContainSingle(task => task.IsFaulted).And.ContainSingle(task => task.IsCompletedSuccessfully);
        web.Server.Exchanges.Select(exchange => exchange.RangeStart).Should().Equal(null, 70_000);
        web.ShouldBeComplete();
    }

    [Fact]
    public async Task Who_waits_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        using var first = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        using var web = new DownloadFixture(async (exchange, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, exchange.End);
        });
        var running = web.GetAsync(cancellationToken: first.Token);
        await asked.Task;
        var waiting = web.GetAsync(cancellationToken: cancel.Token);

        cancel.CancelAfter(100);

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
        running.IsCompleted.Should().BeFalse();
        first.Cancel();
        await FluentActions.Awaiting(() => running).Should().ThrowAsync<OperationCanceledException>();
        web.Server.Exchanges.Should().ContainSingle();
    }
}
