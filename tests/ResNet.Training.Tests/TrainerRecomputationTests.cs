using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training.Tests;

/// <summary>The statistics of batch normalisation that a run averages anew after its last iteration.</summary>
public sealed class TrainerRecomputationTests : IDisposable
{
    private const int ImageCount = 64;

    // The rate is so high that the error goes up and down: the best epoch is not the last.
    private static readonly TrainingOptions Options = TinyNetwork.Options with
    {
        Iterations = null,
        Epochs = 6,
        LearningRate = 0.1,
        Schedule = new ConstantSchedule(),
        RecomputeBatchNormPictures = ImageCount,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(ImageCount);
    private readonly SyntheticShapes _validation = TinyNetwork.Shapes(48, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_share_rises_to_the_whole_after_the_last_iteration()
    {
        var reports = new List<TrainingProgress>();

        Train("run", null, reports.Add);

        var shares = reports.SkipWhile(report => report.RecomputedShare is null).ToList();
        shares.Should().OnlyContain(report => report.Iteration == report.IterationCount && report.Epoch == Options.Epochs);
        shares.Select(report => report.RecomputedShare).Should().Equal([0.25, 0.5, 0.75, 1], "the weights of the last epoch are the best ones too");
    }

    [Fact]
    public void It_is_the_whole_where_the_last_batch_is_incomplete_too()
    {
        var shares = new List<double>();
        using var model = TinyNetwork.Build(_train.Labels.Count);

        new Trainer(model, Options with { BatchSize = 30 })
            .Fit(_train, null, new ImmediateProgress<TrainingProgress>(report => shares.AddRange(report.RecomputedShare is { } share ? [share] : [])));

        shares.Should().Equal(0.5, 1);
    }

    [Fact]
    public void Best_weights_of_an_earlier_epoch_get_statistics_of_their_own()
    {
        var shares = new List<double>();

        var result = Train("run", _validation, report => shares.AddRange(report.RecomputedShare is { } share ? [share] : []));

        result.BestValidationTop1Error.Should().BeLessThan(result.ValidationTop1Error!.Value, "else the test shows nothing");
        shares.Should().Equal(0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1);
        using var best = ModelFile.Load(_folder.PathTo("run", "best.safetensors"), out _);
        byte[] saved = TinyNetwork.Bytes(best);
        var loader = new LoaderOptions { BatchSize = Options.BatchSize, Shuffle = true, DropLast = true, Seed = Options.Seed, Augmentation = Options.Augmentation, Preprocessing = Options.Preprocessing };
        BatchNormRecomputation.Run(best, new BatchLoader(_train, loader), ImageCount);
        TinyNetwork.Bytes(best).Should().Equal(saved);
    }

    [Fact]
    public void It_saves_most_of_the_error_of_a_short_run()
    {
        var recipe = TrainingOptions.SmallPictures with { Epochs = null, Iterations = 20, BatchSize = 64, WorkerCount = 2, Precision = Precision.Float32 };

        double moving = ErrorOnBoxes(recipe with { RecomputeBatchNormPictures = null }), recomputed = ErrorOnBoxes(recipe);

        recomputed.Should().BeLessThan(moving / 2);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.625)]
    public void A_stop_in_the_middle_loses_nothing(double share)
    {
        Train("whole", _validation, _ => { });
        using var stop = new CancellationTokenSource();
        void StopAt(TrainingProgress report)
        {
            if (report.RecomputedShare == share)
            {
                stop.Cancel();
            }
        }

        FluentActions.Invoking(() => Train("broken", _validation, StopAt, stop.Token)).Should().Throw<OperationCanceledException>();
        using var model = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(model, Options with { OutputDirectory = _folder.PathTo("broken") }).Resume(_train, _validation);

        foreach (string name in new[] { "best.safetensors", "last.safetensors" })
        {
            BytesOf("broken", name).Should().Equal(BytesOf("whole", name), name);
        }
    }

    private TrainingResult Train(string name, IImageDataset? validation, Action<TrainingProgress> report, CancellationToken cancellationToken = default)
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        return new Trainer(model, Options with { OutputDirectory = _folder.PathTo(name) })
            .Fit(_train, validation, new ImmediateProgress<TrainingProgress>(report), cancellationToken);
    }

    private static double ErrorOnBoxes(TrainingOptions options)
    {
        _ = TorchSharp.torch.random.manual_seed(0);
        using var model = new ResNetModel(ResNetOptions.Cifar(8) with { ClassCount = 3 });
        new Trainer(model, options).Fit(new TinyDataset(600, Box, classCount: 3), null);
        return TinyNetwork.Error(model, new TinyDataset(300, index => Box(600 + index), classCount: 3));
    }

    /// <summary>A wide, a tall or a square box of some colour on dark noise.</summary>
    private static RgbImage Box(int index)
    {
        const int Side = 32;
        var random = new Random(index);
        byte[] pixels = [.. Enumerable.Range(0, 3 * Side * Side).Select(_ => (byte)random.Next(80))];
        (int width, int height) = new[] { (16, 6), (6, 16), (11, 11) }[index % 3];
        (int left, int top) = (random.Next(Side - width), random.Next(Side - height));
        byte[] colour = [.. Enumerable.Range(0, 3).Select(_ => (byte)random.Next(120, 256))];
        for (int y = top; y < top + height; y++)
        {
            for (int x = left; x < left + width; x++)
            {
                colour.CopyTo(pixels, 3 * ((y * Side) + x));
            }
        }

        return new RgbImage(Side, Side, pixels);
    }

    private byte[] BytesOf(params string[] names)
    {
        using var model = ModelFile.Load(_folder.PathTo(names), out _);
        return TinyNetwork.Bytes(model);
    }
}
