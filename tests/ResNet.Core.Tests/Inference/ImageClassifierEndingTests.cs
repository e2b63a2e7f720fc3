using System.Runtime.CompilerServices;
using ResNet.Core.Tests.Weights;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Core.Tests.Inference;

/// <summary>However an enumeration ends, nothing of it is left: its source is disposed, which its own task does last, and its files are closed.</summary>
public sealed class ImageClassifierEndingTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private readonly ClassifierPictures _pictures = new();
    private readonly ImageClassifier _classifier = ImageClassifier.FromFile(Version1FileTests.Path);
    private int _open;

    public void Dispose()
    {
        _classifier.Dispose();
        _pictures.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(33)]
    public async Task Leaving_the_loop_ends_the_source(int after)
    {
        int count = 0;
        await foreach (var _ in _classifier.ClassifyAsync(Endless()))
        {
            _open.Should().Be(1);
            if (++count == after)
            {
                break;
            }
        }

        _open.Should().Be(0);
        FilesAreClosed();
    }

    [Fact]
    public async Task Cancelling_ends_it_at_any_moment()
    {
        for (int round = 0; round < 25; round++)
        {
            using var source = new CancellationTokenSource();
            int left = 1 + (round * 7 % 40);
            var run = async () =>
            {
                await foreach (var _ in _classifier.ClassifyAsync(Endless(), cancellationToken: source.Token))
                {
                    if (--left == 0)
                    {
                        // From another thread, while the next batches are decoded or answered.
                        source.CancelAfter(round % 5);
                    }
                }
            };
            (await run.Invoking(r => r().WaitAsync(Watchdog)).Should().ThrowAsync<OperationCanceledException>())
                .Which.CancellationToken.Should().Be(source.Token);
            _open.Should().Be(0);
        }

        FilesAreClosed();
    }

    [Fact]
    public async Task Cancelling_ends_a_source_that_waits()
    {
        using var source = new CancellationTokenSource();
        var run = async () =>
        {
            await foreach (var _ in _classifier.ClassifyAsync(WaitingAfterOne()).WithCancellation(source.Token))
            {
                await source.CancelAsync();
            }
        };
        await run.Invoking(r => r().WaitAsync(Watchdog)).Should().ThrowAsync<OperationCanceledException>();
        _open.Should().Be(0);
    }

    [Fact]
    public async Task Nothing_starts_where_it_is_cancelled_before()
    {
        await _classifier.Invoking(async c => await c.ClassifyAsync(Endless(), cancellationToken: new CancellationToken(canceled: true)).ToListAsync())
            .Should().ThrowAsync<OperationCanceledException>();
        _open.Should().Be(0);
    }

    [Fact]
    public async Task Disposing_the_classifier_ends_it()
    {
        var run = async () =>
        {
            await foreach (var _ in _classifier.ClassifyAsync(Endless()))
            {
                _classifier.Dispose();
            }
        };
        await run.Invoking(r => r().WaitAsync(Watchdog)).Should().ThrowAsync<ObjectDisposedException>();
        _open.Should().Be(0);
    }

    [Fact]
    public async Task Two_enumerations_at_once_do_not_disturb_each_other()
    {
        string[] paths = _pictures.Files(20);
        var answers = _classifier.ClassifyAsync(paths);
        var both = await Task.WhenAll(answers.ToListAsync().AsTask(), answers.ToListAsync().AsTask());
        both[0].Select(answer => answer.File).Should().Equal(paths);
        both[1].Select(answer => answer.File).Should().Equal(paths);
    }

    [Fact]
    public async Task Every_tensor_of_it_is_gone()
    {
        string[] paths = _pictures.Files(50);
        await _classifier.ClassifyAsync(paths).ToListAsync();
        long before = torch.Tensor.TotalCount;
        await _classifier.ClassifyAsync(paths).ToListAsync();
        torch.Tensor.TotalCount.Should().Be(before).And.BePositive("the model's own are counted");
    }

    private void FilesAreClosed()
    {
        foreach (string path in _pictures.Files(3))
        {
            File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        }
    }

    private async IAsyncEnumerable<string> Endless()
    {
        Interlocked.Increment(ref _open);
        try
        {
            for (int i = 0; ; i++)
            {
                yield return _pictures.File(i % 3);
                await Task.Yield();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async IAsyncEnumerable<string> WaitingAfterOne([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _open);
        try
        {
            yield return _pictures.File(0);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
