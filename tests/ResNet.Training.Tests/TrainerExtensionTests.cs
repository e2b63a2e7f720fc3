namespace ResNet.Training.Tests;

/// <summary>A run that is given another length goes on, also after its end.</summary>
public sealed class TrainerExtensionTests : IDisposable
{
    // Six batches an epoch.
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(96);
    private readonly SyntheticShapes _validation = TinyNetwork.Shapes(24, seed: 1);
    private readonly TemporaryFolder _folder = new();

    private static TrainingOptions Plain => TinyNetwork.Options with { Iterations = null, Epochs = 1, Schedule = new ConstantSchedule() };

    private static TrainingOptions Everything => Plain with
    {
        MicroBatchSize = 8,
        WeightAverage = new WeightAverage { EveryIterations = 2 },
        Mixing = new BatchMixing { MixupAlpha = 0.2 },
        RecomputeBatchNormPictures = 32,
        CheckpointIterations = 2,
        Schedule = new WarmupSchedule { Inner = new CosineSchedule(), Length = 0.5 },
        EarlyStopping = new EarlyStopping { PatienceEpochs = 50 },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_finished_run_of_a_constant_rate_that_is_extended_ends_as_one_that_was_as_long_from_the_start()
    {
        byte[] whole = Fit("whole", Plain with { Epochs = 3 }).Weights;
        var first = Fit("run", Plain).Result;

        var (result, weights) = Resume("run", Plain with { Epochs = 3 });

        (first.Iterations, result.Iterations, result.Epochs).Should().Be((6, 18, 3));
        weights.Should().Equal(whole);
        File.ReadAllBytes(_folder.PathTo("run", "best.safetensors")).Should().Equal(File.ReadAllBytes(_folder.PathTo("whole", "best.safetensors")));
        result.History.Take(first.History.Count).Should().Equal(first.History);
        File.ReadAllLines(_folder.PathTo("run", "metrics.csv")).Should().HaveCount(1 + result.History.Count);
    }

    [Fact]
    public void An_extension_that_is_stopped_on_its_way_and_resumed_ends_the_same_to_the_last_bit()
    {
        Fit("whole", Everything);
        Fit("broken", Everything);
        byte[] whole = Resume("whole", Everything with { Epochs = 3 }).Weights;

        Resume("broken", Everything with { Epochs = 3 }, stopAt: 7);
        Resume("broken", Everything with { Epochs = 3 }, stopAt: 15);
        var (result, broken) = Resume("broken", Everything with { Epochs = 3 });

        broken.Should().Equal(whole);
        result.Iterations.Should().Be(18);
        File.ReadAllBytes(_folder.PathTo("broken", "best.safetensors")).Should().Equal(File.ReadAllBytes(_folder.PathTo("whole", "best.safetensors")));
    }

    [Fact]
    public void The_rate_goes_on_as_the_schedule_over_the_new_length_has_it_and_the_report_says_so()
    {
        var options = Plain with { LearningRate = 0.1, Schedule = new StepSchedule { Milestones = [0.5], Factor = 0.1 } };
        Fit("run", options);

        var rates = Resume("run", options with { Epochs = 4 }).Result.History.Select(point => Math.Round(point.LearningRate, 6));

        rates.Should().Equal(0.01, 0.1, 0.01, 0.01);
        File.ReadAllText(_folder.PathTo("run", "report.md")).Should().Contain("At iteration 6 the length of the run was changed from 6 to 24 iterations.")
            .And.Contain("0.1 after 0.01");
    }

    [Fact]
    public void A_stopped_run_may_be_made_shorter()
    {
        Fit("run", Plain with { Epochs = 9 }, stopAt: 4);

        Resume("run", Plain with { Epochs = null, Iterations = 8 }).Result.Iterations.Should().Be(8);
    }

    [Fact]
    public void A_length_that_the_run_is_past_is_refused_and_nothing_changes()
    {
        Fit("run", Plain with { Epochs = 2 });
        byte[] last = File.ReadAllBytes(_folder.PathTo("run", "last.safetensors"));

        FluentActions.Invoking(() => Resume("run", Plain)).Should().Throw<CheckpointException>()
            .WithMessage("*12 iterations of the run are done, but 1 epoch would be 6 in all. Ask for more than are done, or for the 12 that were planned.");

        File.ReadAllBytes(_folder.PathTo("run", "last.safetensors")).Should().Equal(last);
        Resume("run", Plain with { Epochs = 2 }).Result.Iterations.Should().Be(12);
    }

    [Fact]
    public void Another_length_does_not_open_the_door_to_other_options()
    {
        Fit("run", Plain);

        FluentActions.Invoking(() => Resume("run", Plain with { Epochs = 3, Momentum = 0.8 })).Should().Throw<CheckpointException>()
            .Which.Message.Should().Contain("training.momentum was 0.9, now 0.8").And.NotContain("epochs");
    }

    [Fact]
    public void A_run_that_stopped_early_has_its_patience_again()
    {
        var options = Plain with { Epochs = 4, EarlyStopping = new EarlyStopping { PatienceEpochs = 2, MinImprovement = 0.99 } };
        Fit("run", options).Result.Epochs.Should().Be(3);

        Resume("run", options with { Epochs = 9 }).Result.Epochs.Should().Be(5);
    }

    private (TrainingResult Result, byte[] Weights) Fit(string run, TrainingOptions options, int stopAt = 0) => Train(run, options, stopAt, resume: false);

    private (TrainingResult Result, byte[] Weights) Resume(string run, TrainingOptions options, int stopAt = 0) => Train(run, options, stopAt, resume: true);

    private (TrainingResult Result, byte[] Weights) Train(string run, TrainingOptions options, int stopAt, bool resume)
    {
        using var stop = new CancellationTokenSource();
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var trainer = new Trainer(model, options with { OutputDirectory = _folder.PathTo(run) });
        var progress = new ImmediateProgress<TrainingProgress>(at => (at.Iteration == stopAt ? stop : null)?.Cancel());
        var train = () => resume ? trainer.Resume(_train, _validation, progress, stop.Token) : trainer.Fit(_train, _validation, progress, stop.Token);
        if (stopAt > 0)
        {
            train.Should().Throw<OperationCanceledException>();
            return (null!, []);
        }

        var result = train();
        return (result, TinyNetwork.Bytes(model));
    }
}
