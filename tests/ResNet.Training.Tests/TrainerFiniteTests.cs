using ResNet.Weights;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>What is not finite is never saved, and is blamed on what it came from.</summary>
public sealed class TrainerFiniteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(96);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("conv1.weight")]
    [InlineData("layer1.0.bn1.running_var")]
    public void A_network_that_is_broken_from_the_start_is_refused_by_the_name_of_the_tensor(string name)
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        Break(model, name, float.NaN);
        var options = TinyNetwork.Options with { OutputDirectory = _folder.PathTo("run"), Precision = Precision.Auto };

        new Trainer(model, options).Invoking(trainer => trainer.Fit(_train, null)).Should().Throw<InvalidOperationException>()
            .WithMessage($"{name} of the network holds NaN before the first iteration, and training cannot mend it. Load other weights, or build the network anew.");

        Directory.Exists(_folder.PathTo("run")).Should().BeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Statistics_that_break_end_the_run_before_they_are_saved(bool averaged)
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        var options = TinyNetwork.Options with { Iterations = 18, OutputDirectory = _folder.Root, WeightAverage = averaged ? new WeightAverage() : null };
        var breaks = new ImmediateProgress<TrainingProgress>(at =>
        {
            if (at.Iteration == 8)
            {
                Break(model, "layer2.0.bn1.running_var", float.PositiveInfinity);
            }
        });

        var diverged = new Trainer(model, options).Invoking(trainer => trainer.Fit(_train, null, breaks)).Should().Throw<TrainingDivergedException>().Which;

        diverged.Message.Should().StartWith("The tensor layer2.0.bn1.running_var was ").And.Contain("at iteration 12 ");
        diverged.Checkpoint.Should().EndWith("iteration-00000006.safetensors");
        foreach (string file in new[] { "best.safetensors", "last.safetensors" })
        {
            using var saved = ModelFile.Load(_folder.PathTo(file), out _);
            TinyNetwork.IsFinite(saved).Should().BeTrue();
        }
    }

    private static void Break(ResNetModel model, string name, float value)
    {
        using var none = torch.no_grad();
        model.state_dict()[name].fill_(value);
    }
}
