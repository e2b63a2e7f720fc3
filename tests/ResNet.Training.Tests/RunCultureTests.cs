using System.Globalization;
using System.Text.Json.Nodes;
using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>Runs in the process of an application, which has the culture of its user.</summary>
public sealed class RunCultureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TinyDataset _train = new(48, index => index == 5 ? throw new ImageFormatException("picture5", "is broken") : TinyDataset.Picture(index, 32, 32));

    private static TrainingOptions Options => TinyNetwork.Options with
    {
        Iterations = 9,
        LearningRate = 0.05,
        Schedule = new Halving(0.5),
        Mixing = new BatchMixing { MixupAlpha = 0.2 },
        WeightAverage = new WeightAverage { Decay = 0.5 },
        EarlyStopping = new EarlyStopping { PatienceEpochs = 50, MinImprovement = 0.001 },
        RecomputeBatchNormPictures = 1200,
        Augmentation = new TransformChain(new RandomResizedCrop { Size = 32, Scale = (0.5, 1) }, new ColorJitter { Brightness = 0.3, Hue = 0.1 }, new RandomErasing { Probability = 0.25 }),
        AugmentWholePicture = true,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_writes_the_same_in_every_culture()
    {
        Run("invariant", otherCulture: false);
        Run("host", otherCulture: true);

        foreach (string name in (string[])["options.json", "best.safetensors", "last.safetensors"])
        {
            File.ReadAllBytes(_folder.PathTo("host", name)).Should().Equal(File.ReadAllBytes(_folder.PathTo("invariant", name)), name);
        }

        Timeless("host", "metrics.csv").Should().Equal(Timeless("invariant", "metrics.csv"));
        Timeless("host", "report.md").Should().Equal(Timeless("invariant", "report.md"));
        State("host").Should().Be(State("invariant"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_was_stopped_in_one_culture_goes_on_in_another(bool beginsAtHost)
    {
        Run("whole", otherCulture: false);
        Run("broken", beginsAtHost, stopAt: 4);

        Run("broken", !beginsAtHost, resume: true);

        File.ReadAllBytes(_folder.PathTo("broken", "last.safetensors")).Should().Equal(File.ReadAllBytes(_folder.PathTo("whole", "last.safetensors")));
    }

    [Fact]
    public void A_checkpoint_that_kept_numbers_as_its_culture_writes_them_is_accepted_in_that_culture()
    {
        using var model = TinyNetwork.Build(2);
        using var host = new HostCulture();
        var identity = new RunIdentity(model, Options, _train, null);
        var options = RunOptions.AsWrittenIn(CultureInfo.CurrentCulture, Options, identity.Description);
        options["training"]!.AsObject().Remove("workerCount");
        var old = new JsonObject { ["options"] = options, ["data"] = identity.Data.DeepClone() };
        options.ToJsonString().Should().Contain("0,5", "else there is nothing to accept");
        new CheckpointFolder(_folder.Root, 1).Write(new Checkpoint(0, [], new JsonObject { ["identity"] = old }), null);
        using var checkpoint = new CheckpointFolder(_folder.Root, 1).Newest([]);

        identity.Invoking(it => it.EnsureThatOf(checkpoint!)).Should().NotThrow();
    }

    private void Run(string name, bool otherCulture, int stopAt = 0, bool resume = false)
    {
        using var host = otherCulture ? new HostCulture() : null;
        using var stop = new CancellationTokenSource();
        using var model = TinyNetwork.Build(2);
        var progress = new ImmediateProgress<TrainingProgress>(at => (at.Iteration == stopAt ? stop : null)?.Cancel());
        var trainer = new Trainer(model, Options with { OutputDirectory = _folder.PathTo(name) });
        var run = () => resume ? trainer.Resume(_train, _train, progress, stop.Token) : trainer.Fit(_train, _train, progress, stop.Token);
        if (stopAt > 0)
        {
            run.Should().Throw<OperationCanceledException>();
        }
        else
        {
            run().Faults.Should().ContainSingle();
        }
    }

    /// <summary>The lines without what a clock says.</summary>
    private List<string> Timeless(string run, string file) =>
    [
        .. File.ReadAllLines(_folder.PathTo(run, file))
            .Where(line => !line.StartsWith("| time |", StringComparison.Ordinal) && !line.StartsWith("| speed |", StringComparison.Ordinal))
            .Select(line => line.Split(file.EndsWith(".csv", StringComparison.Ordinal) ? ',' : '|') is { Length: >= 10 } cells ? string.Join('|', cells.Take(7)) : line),
    ];

    private string State(string run)
    {
        using var checkpoint = RunFiles.CheckpointsOf(_folder.PathTo(run), Options).Newest([]);
        checkpoint!.State["run"]!.AsObject().Remove("Elapsed");
        checkpoint.State["run"]!.AsObject().Remove("History");
        return checkpoint.State.ToJsonString();
    }

    /// <summary>A schedule of somebody's own is known by what its record says.</summary>
    private sealed record Halving(double Loss) : LearningRateSchedule
    {
        public override IReadOnlyList<string> Faults() => [];

        public override LearningRateState Start(int iterationCount, int iterationsPerEpoch) => new ConstantSchedule().Start(iterationCount, iterationsPerEpoch);
    }
}
