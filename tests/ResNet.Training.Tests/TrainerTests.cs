using ResNet.Weights;
using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class TrainerTests
{
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(96);
    private readonly SyntheticShapes _validation = TinyNetwork.Shapes(24, seed: 1);

    [Fact]
    public void Training_learns_the_pictures_it_sees()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        double before = TinyNetwork.Error(model, _train);

        // The recipe's rate suits batches of 64; these are of 16.
        var result = new Trainer(model, TinyNetwork.Options with { Iterations = 120, LearningRate = 0.025, Augmentation = null }).Fit(_train, null);

        result.TrainLoss.Should().BeLessThan(1.5, "chance is ln 12 = 2.48");
        TinyNetwork.Error(model, _train).Should().BeLessThan(before - 0.4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_same_seed_gives_the_same_weights_to_the_last_bit_whatever_the_worker_count(int workerCount)
    {
        TrainedBytes(workerCount, seed: 5).Should().Equal(TrainedBytes(2, seed: 5));
        TrainedBytes(workerCount, seed: 5).Should().NotEqual(TrainedBytes(2, seed: 6));
    }

    [Fact]
    public void Live_tensors_stay_flat_after_the_first_iteration()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var counts = new List<long>();
        var watch = new ImmediateProgress<TrainingProgress>(_ => counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));

        new Trainer(model, TinyNetwork.Options with { Iterations = 12 }).Fit(_train, _validation, watch);

        counts.Should().HaveCountGreaterThan(12);
        counts.Skip(2).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Stopping_saves_the_weights_so_far_and_throws()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyNetwork.Build(_train.Labels.Count);
        using var stop = new CancellationTokenSource();
        var watch = new ImmediateProgress<TrainingProgress>(progress =>
        {
            if (progress.Iteration == 3)
            {
                stop.Cancel();
            }
        });
        var trainer = new Trainer(model, TinyNetwork.Options with { OutputDirectory = folder.Root });

        trainer.Invoking(t => t.Fit(_train, _validation, watch, stop.Token)).Should().Throw<OperationCanceledException>();

        using var saved = ModelFile.Load(folder.PathTo("last.safetensors"), out _);
        TinyNetwork.Bytes(saved).Should().Equal(TinyNetwork.Bytes(model));
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_run_and_names_iteration_and_rate()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var trainer = new Trainer(model, TinyNetwork.Options with { LearningRate = 1e30, Schedule = new StepSchedule() });

        trainer.Invoking(t => t.Fit(_train, null)).Should().Throw<TrainingDivergedException>()
            .WithMessage("The training loss was * at iteration * with learning rate 1E+30. Use a lower learning rate or a warm-up.*");
    }

    [Fact]
    public void The_run_directory_explains_itself_and_its_weights_load()
    {
        using var folder = new TemporaryFolder();
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var options = TinyNetwork.Options with { Iterations = null, Epochs = 3, OutputDirectory = folder.PathTo("run") };

        var result = new Trainer(model, options).Fit(_train, _validation);

        Directory.GetFiles(folder.PathTo("run")).Select(path => Path.GetFileName(path).Split(".tfevents.")[0]).Should()
            .BeEquivalentTo(".resnet-output", "options.json", "data-split.csv", "metrics.csv", "events.out", "curves.png", "report.md", "last.safetensors", "best.safetensors");
        File.ReadAllLines(folder.PathTo("run", "metrics.csv")).Should().HaveCount(4);
        using var best = ModelFile.Load(folder.PathTo("run", "best.safetensors"), out var description);
        TinyNetwork.Error(best, _validation).Should().Be(result.BestValidationTop1Error);
        using var last = ModelFile.Load(folder.PathTo("run", "last.safetensors"), out _);
        TinyNetwork.Error(last, _validation).Should().Be(result.ValidationTop1Error);
        description.Labels.Should().Equal(_train.Labels);
        description.Preprocessing.Should().Be(options.Preprocessing);
        result.Iterations.Should().Be(18);
    }

    [Fact]
    public void A_data_set_of_other_classes_is_refused_before_any_work()
    {
        using var model = TinyNetwork.Build(3);

        new Trainer(model, TinyNetwork.Options).Invoking(t => t.Fit(_train, null)).Should().Throw<ArgumentException>()
            .WithMessage("The data set has 12 classes (arrow, bars, crescent, …), the network 3. Build the network with ClassCount = 12, "
                + "call ReplaceClassifier(12), or take other pictures.*");
    }

    [Fact]
    public void Options_list_every_fault_at_once()
    {
        var options = TinyNetwork.Options with { Iterations = 0, LearningRate = double.NaN, Momentum = 1, Schedule = new StepSchedule { Milestones = [0.5, 0.5] } };

        options.Invoking(o => o.EnsureValid()).Should().Throw<InvalidOptionsException>().WithMessage(
            "TrainingOptions: 4 faults.\n- Iterations is 0; it must be 1 or more.\n- LearningRate is NaN; it must be above 0.\n"
            + "- Momentum is 1; it must be at least 0 and below 1.\n- Milestones are [0.5, 0.5]; they must rise and lie between 0 and 1.");
    }

    private byte[] TrainedBytes(int workerCount, int seed)
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(model, TinyNetwork.Options with { WorkerCount = workerCount, Seed = seed }).Fit(_train, null);
        return TinyNetwork.Bytes(model);
    }
}
