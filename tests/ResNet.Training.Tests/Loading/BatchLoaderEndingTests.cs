namespace ResNet.Training.Tests.Loading;

/// <summary>However an epoch ends, its threads have ended too.</summary>
public sealed class BatchLoaderEndingTests : IDisposable
{
    private readonly ManualResetEventSlim _blocked = new(initialState: true);
    private readonly CancellationTokenSource _stop = new();
    private readonly TinyDataset _dataset;
    private readonly BatchLoader _loader;

    public BatchLoaderEndingTests()
    {
        _dataset = new TinyDataset(400, i =>
        {
            _blocked.Wait(TimeSpan.FromSeconds(20));
            return TinyDataset.Picture(i);
        });
        _loader = new BatchLoader(_dataset, BatchLoaderTests.Plain with { WorkerCount = 3 });
    }

    public void Dispose()
    {
        _blocked.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void After_the_last_batch()
    {
        BatchLoaderTests.Indices(_loader, 0).Should().HaveCount(100);

        AllThreadsHaveEnded();
    }

    [Fact]
    public void After_leaving_the_loop()
    {
        foreach (Batch batch in _loader.Epoch(0))
        {
            batch.Dispose();
            break;
        }

        AllThreadsHaveEnded();
        _dataset.ReadCount.Should().BeLessThan(400);
    }

    [Fact]
    public void After_an_exception_in_the_loop()
    {
        FluentActions.Invoking(() =>
        {
            foreach (Batch batch in _loader.Epoch(0))
            {
                batch.Dispose();
                throw new TimeoutException();
            }
        }).Should().Throw<TimeoutException>();

        AllThreadsHaveEnded();
    }

    [Fact]
    public void After_cancellation_between_batches()
    {
        var seen = 0;
        FluentActions.Invoking(() =>
        {
            foreach (Batch batch in _loader.Epoch(0, _stop.Token))
            {
                batch.Dispose();
                seen++;
                _stop.Cancel();
            }
        }).Should().Throw<OperationCanceledException>().Which.CancellationToken.Should().Be(_stop.Token);

        seen.Should().Be(1);
        AllThreadsHaveEnded();
    }

    [Fact]
    public async Task After_cancellation_while_waiting_for_a_slow_disk()
    {
        _blocked.Reset();
        var waiting = Task.Run(() => BatchLoaderTests.Indices(_loader, 0, _stop.Token));
        SpinWait.SpinUntil(() => _dataset.ReadCount == 3, TimeSpan.FromSeconds(10)).Should().BeTrue();

        await _stop.CancelAsync();
        _blocked.Set();

        await FluentActions.Awaiting(() => waiting.WaitAsync(TimeSpan.FromSeconds(10))).Should().ThrowAsync<OperationCanceledException>();
        _dataset.ReadCount.Should().BeLessThan(10, "each worker finished the picture that it was reading, and no more");
        AllThreadsHaveEnded();
    }

    [Fact]
    public void Cancelled_before_it_starts_nothing_is_read()
    {
        _stop.Cancel();

        FluentActions.Invoking(() => BatchLoaderTests.Indices(_loader, 0, _stop.Token)).Should().Throw<OperationCanceledException>();

        _dataset.ReadCount.Should().Be(0);
    }

    [Fact]
    public async Task Cancelled_at_any_moment()
    {
        int cancelledCount = 0;
        for (int i = 0; i < 57; i++)
        {
            using var stop = new CancellationTokenSource();
            int target = _dataset.ReadCount + (7 * i);
            var loading = Task.Run(() => BatchLoaderTests.Indices(_loader, 0, stop.Token));
            SpinWait.SpinUntil(() => _dataset.ReadCount >= target, TimeSpan.FromSeconds(10)).Should().BeTrue();
            await stop.CancelAsync();
            try
            {
                // A TimeoutException fails the test.
                (await loading.WaitAsync(TimeSpan.FromSeconds(10))).Should().HaveCount(100, "it was done before");
            }
            catch (OperationCanceledException)
            {
                cancelledCount++;
            }
        }

        cancelledCount.Should().BePositive();
        AllThreadsHaveEnded();
    }

    [Fact]
    public void An_epoch_that_is_never_enumerated_starts_no_thread()
    {
        _ = _loader.Epoch(0);
        using (_loader.Epoch(1).GetEnumerator())
        {
            Thread.Sleep(20);
        }

        _dataset.ReadCount.Should().Be(0);
        FluentActions.Invoking(() => _loader.Epoch(-1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Two_epochs_at_a_time_do_not_disturb_each_other()
    {
        foreach ((Batch first, Batch second) in _loader.Epoch(0).Zip(_loader.Epoch(1)))
        {
            first.Indices.Should().Equal(second.Indices);
            first.Dispose();
            second.Dispose();
        }

        _dataset.ReadCount.Should().Be(800);
        AllThreadsHaveEnded();
    }

    private void AllThreadsHaveEnded()
    {
        _dataset.Readers.Should().NotBeEmpty().And.OnlyContain(thread => !thread.IsAlive);
    }
}
