using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>Going on with a run gives what the run would have given.</summary>
public sealed class TrainerResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(96);
    private readonly SyntheticShapes _validation = TinyNetwork.Shapes(24, seed: 1);

    public static TheoryData<string> Variants => new("plain", "everything");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_stopped_run_that_goes_on_ends_as_one_that_was_never_stopped(string variant)
    {
        var options = Options(variant);
        byte[] whole = Train(options with { OutputDirectory = _folder.PathTo("whole") }, stops: []);

        // In the middle of an epoch, at its end and right after, and after the last iteration, which is in the middle of an epoch.
        byte[] broken = Train(options with { OutputDirectory = _folder.PathTo("broken") }, stops: [3, 6, 7, 8, 13, 17, 20]);

        broken.Should().Equal(whole);
        Columns("broken").Should().Equal(Columns("whole"));
        File.ReadAllBytes(_folder.PathTo("broken", "best.safetensors")).Should().Equal(File.ReadAllBytes(_folder.PathTo("whole", "best.safetensors")));
    }

    [Fact]
    public void A_run_that_has_ended_ends_again_at_once_with_the_same_result()
    {
        var options = Options("everything") with { OutputDirectory = _folder.Root };
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var first = new Trainer(model, options).Fit(_train, _validation);
        using var other = TinyNetwork.Build(_train.Labels.Count, seed: 9);
        int iterations = 0;

        var second = new Trainer(other, options).Resume(_train, _validation, new ImmediateProgress<TrainingProgress>(at => iterations += at.RecomputedShare is null ? 1 : 0));

        iterations.Should().Be(0);
        TinyNetwork.Bytes(other).Should().Equal(TinyNetwork.Bytes(model));
        second.Should().BeEquivalentTo(first);
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(36, false)]
    public void A_run_without_a_resize_goes_on_with_one_that_changes_no_image(int side, bool isSame)
    {
        var images = new SyntheticShapes(32, side, seed: 0);
        var options = TinyNetwork.Options with { Iterations = 2, OutputDirectory = _folder.Root };
        using var model = TinyNetwork.Build(images.Labels.Count);
        new Trainer(model, options with { Preprocessing = Preprocessing.Cifar10 with { ResizeShorterSide = null } }).Fit(images, null);

        var resume = new Trainer(model, options).Invoking(trainer => trainer.Resume(images, null));

        if (isSame)
        {
            resume.Should().NotThrow();
        }
        else
        {
            resume.Should().Throw<CheckpointException>().WithMessage("*preprocessing.resizeShorterSide was not set, now 32*");
        }
    }

    [Fact]
    public void A_picture_that_could_not_be_read_before_a_stop_is_in_the_final_result()
    {
        var pictures = new TinyDataset(32, index => index == 5 ? throw new ImageFormatException("picture5", "is broken") : TinyDataset.Picture(index, 32, 32));
        var options = TinyNetwork.Options with { Iterations = 2, OutputDirectory = _folder.Root };
        using var stop = new CancellationTokenSource();
        using var model = TinyNetwork.Build(2);
        var fit = () => new Trainer(model, options).Fit(pictures, pictures, new ImmediateProgress<TrainingProgress>(at => StopAt(at, 2, stop)), stop.Token);
        fit.Should().Throw<OperationCanceledException>();

        // Nothing but the validation of the last epoch is left to do.
        var result = new Trainer(model, options).Resume(pictures, pictures);

        result.Faults.Should().ContainSingle().Which.Path.Should().Be("picture5");
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_not_overwritten()
    {
        var options = TinyNetwork.Options with { OutputDirectory = _folder.Root };
        using var model = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(model, options).Fit(_train, null);

        new Trainer(model, options).Invoking(trainer => trainer.Fit(_train, null)).Should().Throw<CheckpointException>()
            .WithMessage($"{_folder.Root} already holds a run*Go on with it*or choose another folder.");
    }

    [Fact]
    public void Two_runs_never_share_a_folder()
    {
        var options = TinyNetwork.Options with { OutputDirectory = _folder.Root, Iterations = 2 };
        using var model = TinyNetwork.Build(_train.Labels.Count);
        using var other = TinyNetwork.Build(_train.Labels.Count);
        int refused = 0;
        var watch = new ImmediateProgress<TrainingProgress>(_ =>
        {
            new Trainer(other, options).Invoking(trainer => trainer.Resume(_train, null)).Should().Throw<CheckpointException>().WithMessage("*is in use*");
            refused++;
        });

        new Trainer(model, options).Invoking(trainer => trainer.Fit(_train, null, watch)).Should().NotThrow();

        refused.Should().BeGreaterThan(0);
        File.Exists(_folder.PathTo("run.lock")).Should().BeFalse();
    }

    [Fact]
    public void Other_options_are_refused_and_every_difference_is_named()
    {
        var options = TinyNetwork.Options with { OutputDirectory = _folder.Root };
        using var model = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(model, options).Fit(_train, null);

        var others = options with { LearningRate = 0.05, Momentum = 0.8, WorkerCount = 1, Schedule = new StepSchedule { Milestones = [0.5, 0.8], WarmupIterations = 100 } };
        string message = new Trainer(model, others).Invoking(trainer => trainer.Resume(_train, null)).Should().Throw<CheckpointException>().Which.Message;
        message.Should().Contain("learningRate").And.Contain("momentum").And.Contain("0.8").And.NotContain("workerCount");
    }

    [Fact]
    public void Other_pictures_are_refused()
    {
        var options = TinyNetwork.Options with { OutputDirectory = _folder.Root };
        using var model = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(model, options).Fit(_train, null);

        new Trainer(model, options).Invoking(trainer => trainer.Resume(TinyNetwork.Shapes(96, seed: 8), null)).Should().Throw<CheckpointException>();
    }

    [Fact]
    public void Another_network_is_refused()
    {
        var options = TinyNetwork.Options with { OutputDirectory = _folder.Root };
        using (var model = TinyNetwork.Build(_train.Labels.Count))
        {
            new Trainer(model, options).Fit(_train, null);
        }

        using var wider = new ResNetModel(ResNetOptions.Cifar(8) with { ClassCount = _train.Labels.Count });
        new Trainer(wider, options).Invoking(trainer => trainer.Resume(_train, null)).Should().Throw<CheckpointException>()
            .Where(fault => fault.Message.Contains("baseWidth"));
    }

    [Fact]
    public void A_run_that_diverges_keeps_its_last_good_checkpoint_and_names_it()
    {
        var options = TinyNetwork.Options with
        {
            OutputDirectory = _folder.Root,
            Iterations = 60,
            LearningRate = 1e4,
            CheckpointIterations = 1,
            Schedule = new WarmupSchedule { Inner = new ConstantSchedule(), Length = 50, Unit = ScheduleUnit.Iteration, StartFactor = 1e-9 },
        };
        using var model = TinyNetwork.Build(_train.Labels.Count);

        var fault = new Trainer(model, options).Invoking(trainer => trainer.Fit(_train, null)).Should().Throw<TrainingDivergedException>().Which;

        fault.Checkpoint.Should().NotBeNull();
        fault.Message.Should().Contain(fault.Checkpoint).And.Contain($"iteration {fault.Iteration}");
        var kept = RunFiles.CheckpointsOf(_folder.Root, options).Newest([]);
        using (kept)
        {
            using var weights = torch.empty_like(model.state_dict()["conv1.weight"]);
            kept!.CopyTo("model.conv1.weight", weights);
            weights.isfinite().all().item<bool>().Should().BeTrue();
        }
    }

    private static TrainingOptions Options(string variant)
    {
        var plain = TinyNetwork.Options with { Iterations = 20, Epochs = null };
        return variant == "plain" ? plain : plain with
        {
            MicroBatchSize = 8,
            Nesterov = true,
            MomentumForm = MomentumForm.Caffe,
            WeightAverage = new WeightAverage { EveryIterations = 2 },
            LabelSmoothing = 0.1,
            Mixing = new BatchMixing { MixupAlpha = 0.2 },
            FreezeBackboneEpochs = 1,
            BackboneRateFactor = 0.5,
            RecomputeBatchNormPictures = 32,
            CheckpointIterations = 2,
            Schedule = new PlateauSchedule { Patience = 0 },
            EarlyStopping = new EarlyStopping { PatienceEpochs = 50 },
        };
    }

    private byte[] Train(TrainingOptions options, IEnumerable<int> stops)
    {
        bool begun = false;
        foreach (int stop in stops)
        {
            using var cancellation = new CancellationTokenSource();
            var watch = new ImmediateProgress<TrainingProgress>(progress =>
            {
                if (progress.Iteration == stop)
                {
                    cancellation.Cancel();
                }
            });
            using var stopped = TinyNetwork.Build(_train.Labels.Count);
            FluentActions.Invoking(() => Run(stopped, options, begun, watch, cancellation.Token)).Should().Throw<OperationCanceledException>();
            begun = true;
        }

        using var model = TinyNetwork.Build(_train.Labels.Count);
        Run(model, options, begun, null, CancellationToken.None);
        return TinyNetwork.Bytes(model);
    }

    private TrainingResult Run(ResNetModel model, TrainingOptions options, bool resume, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var trainer = new Trainer(model, options);
        return resume ? trainer.Resume(_train, _validation, progress, cancellation) : trainer.Fit(_train, _validation, progress, cancellation);
    }

    /// <summary>The metrics without what a clock says.</summary>
    private List<string> Columns(string run) =>
        [.. File.ReadAllLines(_folder.PathTo(run, "metrics.csv")).Select(line => string.Join(',', line.Split(',').Take(6)))];

    private static void StopAt(TrainingProgress at, int iteration, CancellationTokenSource stop)
    {
        if (at.Iteration == iteration)
        {
            stop.Cancel();
        }
    }
}
