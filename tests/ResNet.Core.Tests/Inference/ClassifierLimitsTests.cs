using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Core.Tests.Inference;

/// <summary>How much a classifier takes on at once.</summary>
public sealed class ClassifierLimitsTests : IDisposable
{
    private static readonly byte[] Photo = ImageEncoder.ToPng(new RgbImage(40, 30, new byte[3 * 40 * 30]));
    private readonly TemporaryFolder _folder = new();
    private readonly ImageClassifier _classifier = ImageClassifier.BuiltIn(engine: EngineOptions.Eager);

    [Fact]
    public async Task Every_way_of_classifying_has_the_limits()
    {
        string path = _folder.PathTo("x.png");
        File.WriteAllBytes(path, Photo);
        _classifier.Limits = ClassifierLimits.Default with { Decoding = ImageDecodeOptions.Default with { MaxPixelCount = 1199 } };
        foreach (var classify in new Func<Task>[]
                 {
                     () => Task.Run(() => _classifier.Classify(path)), () => Task.Run(() => _classifier.Classify(new MemoryStream(Photo))),
                     () => Task.Run(() => _classifier.Classify(Photo.AsSpan())), () => Task.Run(() => _classifier.Classify([path])),
                     () => _classifier.ClassifyAsync(path), () => _classifier.ClassifyAsync(new MemoryStream(Photo)), () => _classifier.ClassifyAsync(Photo.AsMemory()),
                 })
        {
            (await classify.Should().ThrowAsync<ImageFormatException>().WithMessage("*40x30, 1200 pixels*at most 1199*")).Which.IsTooLarge.Should().BeTrue();
        }
    }

    [Fact]
    public async Task A_full_queue_answers_at_once_and_without_reading()
    {
        _classifier.Limits = ClassifierLimits.Default with { MaxConcurrentDecodes = 1, MaxQueueLength = 1 };
        using var first = new WaitingStream(Photo);
        using var second = new WaitingStream(Photo);
        using var third = new WaitingStream(Photo);
        var waiting = new[] { _classifier.ClassifyAsync(first), _classifier.ClassifyAsync(second) };

        (await _classifier.Awaiting(classifier => classifier.ClassifyAsync(third)).Should().ThrowAsync<ImageQueueFullException>()
            .WithMessage("2 images are being classified or wait for it, as many as may; ask again later, or raise ClassifierLimits.MaxQueueLength."))
            .Which.CallCount.Should().Be(2);

        third.IsAsked.Should().BeFalse();
        first.Release();
        second.Release();
        (await Task.WhenAll(waiting)).Should().AllSatisfy(predictions => predictions.Should().HaveCount(5));
        _classifier.Classify(Photo.AsSpan()).Should().HaveCount(5, "there is room again");
    }

    [Fact]
    public async Task No_more_images_are_decoded_at_once_than_allowed()
    {
        var queue = new DecodeQueue(ClassifierLimits.Default with { MaxConcurrentDecodes = 2 });
        int decoding = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () =>
        {
            using var turn = i % 2 == 0 ? queue.WaitForTurn(CancellationToken.None) : await queue.WaitForTurnAsync(CancellationToken.None);
            most = Math.Max(most, Interlocked.Increment(ref decoding));
            await Task.Yield();
            Interlocked.Decrement(ref decoding);
        })));

        most.Should().BeInRange(1, 2);
    }

    [Fact]
    public async Task A_call_that_waits_for_its_turn_can_be_cancelled()
    {
        var queue = new DecodeQueue(ClassifierLimits.Default with { MaxConcurrentDecodes = 1 });
        using var turn = queue.WaitForTurn(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var waiting = queue.WaitForTurnAsync(stop.Token);

        await stop.CancelAsync();

        await waiting.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Cancelling_ends_calls_that_wait_for_nobody()
    {
        string path = _folder.PathTo("x.png");
        File.WriteAllBytes(path, Photo);
        var cancelled = new CancellationToken(canceled: true);
        foreach (var classify in new Action[]
                 {
                     () => _classifier.Classify(path, 1, cancelled), () => _classifier.Classify(new MemoryStream(Photo), 1, cancelled),
                     () => _classifier.Classify(Photo.AsSpan(), 1, cancelled), () => _classifier.Classify([path], 1, cancelled),
                 })
        {
            classify.Should().Throw<OperationCanceledException>();
        }
    }

    [Fact]
    public void Limits_that_cannot_be_are_refused()
    {
        ((Action)(() => _ = new ClassifierLimits { MaxConcurrentDecodes = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = new ClassifierLimits { MaxQueueLength = -1 })).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _classifier.Limits = null!)).Should().Throw<ArgumentNullException>();
    }

    public void Dispose()
    {
        _classifier.Dispose();
        _folder.Dispose();
    }

    /// <summary>An upload that comes when the test says so.</summary>
    private sealed class WaitingStream(byte[] content) : MemoryStream(content)
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsAsked { get; private set; }

        public void Release() => _released.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            IsAsked = true;
            await _released.Task.WaitAsync(cancellationToken);
            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}
