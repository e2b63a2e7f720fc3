using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ResNet.Core.Tests.Weights;
using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Core.Tests.Inference;

public sealed class ImageClassifierBulkTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private readonly ClassifierPictures _pictures = new();
    private readonly ImageClassifier _classifier = ImageClassifier.FromFile(Version1FileTests.Path);

    public void Dispose()
    {
        _classifier.Dispose();
        _pictures.Dispose();
    }

    [Theory]
    [InlineData(32, 1)]
    [InlineData(7, 4)]
    [InlineData(1, 3)]
    public async Task Files_are_answered_in_order_as_one_by_one(int batchSize, int workers)
    {
        string[] paths = _pictures.Files(40);
        var answers = await _classifier.ClassifyAsync(paths, 1, new BulkOptions { BatchSize = batchSize, WorkerCount = workers }).ToListAsync();
        answers.Select(answer => answer.File).Should().Equal(paths);
        foreach (var answer in answers)
        {
            var alone = _classifier.Classify(answer.File, 1)[0];
            answer.Error.Should().BeNull();
            answer.Predictions.Should().ContainSingle().Which.Index.Should().Be(alone.Index);
            answer.Predictions[0].Probability.Should().BeApproximately(alone.Probability, 1e-5f);
        }
    }

    [Fact]
    public async Task An_asynchronous_source_is_answered_alike_and_an_empty_one_not_at_all()
    {
        string[] paths = _pictures.Files(5);
        (await _classifier.ClassifyAsync(paths.ToAsyncEnumerable()).ToListAsync()).Select(answer => answer.File).Should().Equal(paths);
        (await _classifier.ClassifyAsync(Array.Empty<string>()).ToListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_reported_in_its_place()
    {
        string[] paths = [_pictures.File(1), _pictures.Broken(), _pictures.PathTo("missing.png"), string.Empty, _pictures.File(2)];
        var answers = await _classifier.ClassifyAsync(paths).ToListAsync();
        answers.Select(answer => answer.File).Should().Equal(paths);
        answers.Select(answer => answer.Error?.GetType()).Should().Equal(
            null, typeof(ImageFormatException), typeof(FileNotFoundException), typeof(FileNotFoundException), null);
        answers.Select(answer => answer.Predictions.Count).Should().Equal(3, 0, 0, 0, 3);
        answers[1].Error!.Message.Should().Contain(paths[1]);
    }

    [Fact]
    public async Task On_request_a_file_that_cannot_be_read_ends_it_after_those_before()
    {
        string[] paths = [_pictures.File(1), _pictures.File(2), _pictures.Broken(), _pictures.File(3)];
        List<string> answered = [];
        var run = async () =>
        {
            await foreach (var answer in _classifier.ClassifyAsync(paths, options: new BulkOptions { OnError = BulkErrorHandling.Throw }))
            {
                answered.Add(answer.File);
            }
        };
        (await run.Should().ThrowAsync<ImageFormatException>()).Which.ImageName.Should().Be(paths[2]);
        answered.Should().Equal(paths[..2]);
    }

    [Fact]
    public async Task An_exception_of_the_source_comes_after_the_files_before_it()
    {
        List<string> answered = [];
        var run = async () =>
        {
            await foreach (var answer in _classifier.ClassifyAsync(FailingAfter(_pictures.Files(3))))
            {
                answered.Add(answer.File);
            }
        };
        (await run.Should().ThrowAsync<DriveNotFoundException>()).WithMessage("unplugged");
        answered.Should().Equal(_pictures.Files(3));
        await _classifier.Invoking(async c => await c.ClassifyAsync([_pictures.File(1), null!]).ToListAsync())
            .Should().ThrowAsync<InvalidOperationException>().WithMessage("One of the paths is null; name picture files.");
    }

    [Fact]
    public async Task A_slow_source_does_not_hold_back_what_is_there()
    {
        var gate = new TaskCompletionSource();
        await using var answers = _classifier.ClassifyAsync(Slow(gate.Task)).GetAsyncEnumerator();
        (await answers.MoveNextAsync().AsTask().WaitAsync(Watchdog)).Should().BeTrue("a batch of 32 is not waited for");
        answers.Current.File.Should().Be(_pictures.File(1));
        gate.SetResult();
        (await answers.MoveNextAsync().AsTask().WaitAsync(Watchdog)).Should().BeTrue();
        (await answers.MoveNextAsync().AsTask().WaitAsync(Watchdog)).Should().BeFalse();

        async IAsyncEnumerable<string> Slow(Task wait)
        {
            yield return _pictures.File(1);
            await wait;
            yield return _pictures.File(2);
        }
    }

    [Fact]
    public async Task Batches_are_formed_up_to_their_size()
    {
        List<int> sizes = [];
        using var meter = new Meter("of this test");
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == "resnet.classifier.batch.size")
                {
                    l.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) => sizes.Add(size));
        listener.Start();
        _classifier.Metrics = new ClassifierMetrics(meter);

        await _classifier.ClassifyAsync(_pictures.Files(30), options: new BulkOptions { BatchSize = 8 }).ToListAsync();

        sizes.Sum().Should().Be(30);
        sizes.Should().OnlyContain(size => size <= 8);
        sizes.Should().HaveCountLessThan(30, "pictures that are there already share a batch");
    }

    [Fact]
    public async Task A_slow_consumer_keeps_the_source_from_running_far_ahead()
    {
        int given = 0;
        var options = new BulkOptions { BatchSize = 4, WorkerCount = 2 };
        await foreach (var (index, _) in _classifier.ClassifyAsync(Counted(), options: options).Index())
        {
            // Two batches wait, one is answered, and one path is in the source's hand.
            (Volatile.Read(ref given) - index).Should().BeLessThanOrEqualTo((3 * options.BatchSize) + 1);
            if (index == 60)
            {
                break;
            }
        }

        IEnumerable<string> Counted()
        {
            while (true)
            {
                Interlocked.Increment(ref given);
                yield return _pictures.File(given % 3);
            }
        }
    }

    [Fact]
    public async Task Wrong_calls_are_refused_before_anything_is_read()
    {
        _classifier.Invoking(c => c.ClassifyAsync([_pictures.File(1)], 0)).Should().Throw<ArgumentOutOfRangeException>();
        _classifier.Invoking(c => c.ClassifyAsync([_pictures.File(1)], 1, new BulkOptions { BatchSize = 0, WorkerCount = 257, OnError = (BulkErrorHandling)2 }))
            .Should().Throw<InvalidOptionsException>().WithMessage(
                "BulkOptions: 3 faults.\n- BatchSize is 0; it must be 1 to 4096.\n- WorkerCount is 257; it must be 1 to 256.\n- OnError is 2; it must be Report or Throw.");
        var later = _classifier.ClassifyAsync([_pictures.File(1)]);
        _classifier.Dispose();
        _classifier.Invoking(c => c.ClassifyAsync([_pictures.File(1)])).Should().Throw<ObjectDisposedException>();
        await later.Invoking(async l => await l.ToListAsync()).Should().ThrowAsync<ObjectDisposedException>();
    }

    private static async IAsyncEnumerable<string> FailingAfter(
        string[] paths, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string path in paths)
        {
            yield return path;
        }

        await Task.Delay(1, cancellationToken);
        throw new DriveNotFoundException("unplugged");
    }
}
