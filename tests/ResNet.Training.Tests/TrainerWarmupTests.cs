using System.Text.Json.Nodes;
using ResNet.Weights;

namespace ResNet.Training.Tests;

/// <summary>A warm-up that is longer than the run suits.</summary>
public sealed class TrainerWarmupTests : IDisposable
{
    private static readonly StepSchedule Schedule = new() { WarmupIterations = 100, Milestones = [0.9] };
    private readonly TemporaryFolder _folder = new();
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(96);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(30, null)]
    [InlineData(null, 5)]
    public void The_warm_up_that_is_recorded_is_the_one_that_ran(int? iterations, int? epochs)
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var options = TinyNetwork.Options with { Iterations = iterations, Epochs = epochs, Schedule = Schedule, OutputDirectory = _folder.Root };
        var rates = new List<double>();

        new Trainer(model, options).Fit(_train, null, new ImmediateProgress<TrainingProgress>(at => rates.Add(at.LearningRate)));

        var recorded = JsonNode.Parse(File.ReadAllText(_folder.PathTo("options.json")))!["training"]!["schedule"]!;
        recorded["warmupIterations"]!.GetValue<int>().Should().Be(6);
        rates[0].Should().BeApproximately(options.LearningRate / 6, 1e-12);
        rates.Max().Should().Be(options.LearningRate);
        File.ReadAllText(_folder.PathTo("report.md")).Should().Contain("\"warmupIterations\": 6");
    }

    [Fact]
    public void A_run_whose_warm_up_was_shortened_goes_on()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var options = TinyNetwork.Options with { Iterations = 12, Schedule = Schedule, OutputDirectory = _folder.Root };
        new Trainer(model, options).Fit(_train, null);

        new Trainer(model, options).Invoking(trainer => trainer.Resume(_train, null)).Should().NotThrow();
        new Trainer(model, options with { Schedule = Schedule with { WarmupIterations = 1 } }).Invoking(trainer => trainer.Resume(_train, null)).Should()
            .Throw<CheckpointException>().WithMessage("*warmupIterations was 2, now 1*");
    }

    [Fact]
    public void A_run_that_is_made_longer_goes_on_with_the_warm_up_of_its_new_length()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var options = TinyNetwork.Options with { Iterations = 12, Schedule = Schedule, OutputDirectory = _folder.Root };
        new Trainer(model, options).Fit(_train, null);

        new Trainer(model, options with { Iterations = 20 }).Resume(_train, null).Iterations.Should().Be(20);

        JsonNode.Parse(File.ReadAllText(_folder.PathTo("options.json")))!["training"]!["schedule"]!["warmupIterations"]!.GetValue<int>().Should().Be(4);
    }

    [Fact]
    public void A_run_of_an_older_version_goes_on_with_the_warm_up_that_it_began_with()
    {
        var options = TinyNetwork.Options with { Iterations = 30, Schedule = Schedule, OutputDirectory = _folder.Root };
        using var stop = new CancellationTokenSource();
        using var model = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(model, options).Invoking(trainer => trainer.Fit(_train, null, new ImmediateProgress<TrainingProgress>(at => StopAt(at, 12, stop)), stop.Token))
            .Should().Throw<OperationCanceledException>();
        PretendToBeOlder(options);
        var rates = new List<double>();

        new Trainer(model, options).Resume(_train, null, new ImmediateProgress<TrainingProgress>(at => rates.Add(at.LearningRate)));

        rates[0].Should().BeApproximately(0.13 * options.LearningRate, 1e-12, "it is iteration 13 of a warm-up of 100");
        JsonNode.Parse(File.ReadAllText(_folder.PathTo("options.json")))!["training"]!["schedule"]!["warmupIterations"]!.GetValue<int>().Should().Be(100);
    }

    /// <summary>Writes the newest checkpoint anew, with the schedule as it was given.</summary>
    private static void PretendToBeOlder(TrainingOptions options)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var checkpoints = RunFiles.CheckpointsOf(options.OutputDirectory!, options);
        string newest = checkpoints.Files()[^1];
        using var file = StateDictFile.Open(newest);
        var state = JsonNode.Parse(file.Read("state").bytes)!.AsObject();
        state["identity"]!["options"]!["training"]!["schedule"]!["warmupIterations"] = 100;
        var tensors = file.Entries.Where(entry => entry.Name != "state").Select(entry => KeyValuePair.Create(entry.Name, file.Read(entry.Name))).ToList();
        checkpoints.Write(new Checkpoint(state["run"]!["Iteration"]!.GetValue<int>(), tensors, state), null);
    }

    private static void StopAt(TrainingProgress at, int iteration, CancellationTokenSource stop)
    {
        if (at.Iteration == iteration)
        {
            stop.Cancel();
        }
    }
}
