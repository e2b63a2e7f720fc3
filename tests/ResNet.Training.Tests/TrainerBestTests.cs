using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training.Tests;

/// <summary>Which of the epochs becomes best.safetensors.</summary>
public sealed class TrainerBestTests : IDisposable
{
    // So few images that many epochs have the same error, and so low a rate that the loss goes on falling.
    private static readonly TrainingOptions Options = TinyNetwork.Options with
    {
        Iterations = null,
        Epochs = 8,
        LearningRate = 0.003,
        Momentum = 0,
        Schedule = new ConstantSchedule(),
        Augmentation = null,
    };

    private readonly TemporaryFolder _folder = new();
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(32);
    private readonly SyntheticShapes _validation = TinyNetwork.Shapes(4, seed: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Among_equal_errors_the_lowest_loss_decides()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);

        var result = new Trainer(model, Options with { OutputDirectory = _folder.Root }).Fit(_train, _validation);

        double lowest = result.History.Min(point => point.ValidationError!.Value);
        var ties = result.History.Where(point => point.ValidationError == lowest).ToList();
        var expected = ties.MinBy(point => point.ValidationLoss)!;
        ties[0].Should().NotBe(expected, "else the test shows nothing");
        LossOfBest("best.safetensors").Should().Be(expected.ValidationLoss);
        File.ReadAllText(_folder.PathTo("report.md")).Should().Contain($"| best | {expected.Epoch} | {expected.Iteration} |");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_run_that_goes_on_knows_the_loss_of_its_best(int stoppedEpoch)
    {
        using (var model = TinyNetwork.Build(_train.Labels.Count))
        {
            new Trainer(model, Options with { OutputDirectory = _folder.PathTo("whole") }).Fit(_train, _validation);
        }

        var broken = Options with { OutputDirectory = _folder.PathTo("broken") };
        using var stop = new CancellationTokenSource();
        var watch = new ImmediateProgress<TrainingProgress>(at =>
        {
            if (at.Epoch == stoppedEpoch && at.ValidationTop1Error is not null)
            {
                stop.Cancel();
            }
        });
        using var stopped = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(stopped, broken).Invoking(trainer => trainer.Fit(_train, _validation, watch, stop.Token)).Should().Throw<OperationCanceledException>();
        new Trainer(stopped, broken).Resume(_train, _validation);

        LossOfBest("broken", "best.safetensors").Should().Be(LossOfBest("whole", "best.safetensors"));
    }

    private double LossOfBest(params string[] names)
    {
        using var best = ModelFile.Load(_folder.PathTo(names), out _);
        return Evaluator.Evaluate(best, _validation, Preprocessing.Cifar10, new EvaluationOptions { Engine = Inference.EngineOptions.Eager, BatchSize = Options.BatchSize }).Loss;
    }
}
