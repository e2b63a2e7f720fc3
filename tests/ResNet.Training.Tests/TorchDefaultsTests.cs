using ResNet.Imaging;

namespace ResNet.Training.Tests;

/// <summary>What the host has set as torch's default type and device changes no run and no test of a network.</summary>
public sealed class TorchDefaultsTests
{
    private readonly SyntheticShapes _train = TinyNetwork.Shapes(48);
    private readonly SyntheticShapes _test = TinyNetwork.Shapes(24, seed: 1);

    public static IEnumerable<object[]> Defaults => TorchDefaults.Names;

    [Theory]
    [MemberData(nameof(Defaults))]
    public void Training_gives_the_same_weights_to_the_last_bit(string name)
    {
        byte[] expected = Trained();
        using (TorchDefaults.Of(name))
        {
            Trained().Should().Equal(expected);
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void The_choice_of_a_compute_path_is_the_same(string name)
    {
        string expected = Chosen();
        using (TorchDefaults.Of(name))
        {
            Chosen().Should().Be(expected);
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void An_evaluation_counts_the_same_errors(string name)
    {
        using var model = TinyNetwork.Build(_test.Labels.Count);
        TinyNetwork.Sharpen(model);
        EvaluationOptions[] kinds = [new EvaluationOptions(), new EvaluationOptions { Crops = TestCrops.Ten }, new EvaluationOptions { Crops = TestCrops.Ten, Engine = Inference.EngineOptions.Eager }];
        foreach (var options in kinds)
        {
            var expected = Evaluator.Evaluate(model, _test, Preprocessing.Cifar10, options);
            using (TorchDefaults.Of(name))
            {
                var report = Evaluator.Evaluate(model, _test, Preprocessing.Cifar10, options);

                (report.Top1Error, report.Loss).Should().Be((expected.Top1Error, expected.Loss));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Defaults))]
    public void A_run_that_was_stopped_goes_on_to_the_same_weights(string name)
    {
        byte[] expected = Trained();
        using var folder = new TemporaryFolder();
        using var defaults = TorchDefaults.Of(name);
        var options = Recipe with { OutputDirectory = folder.Root, CheckpointIterations = 3 };
        using (var stopped = TinyNetwork.Build(_train.Labels.Count))
        using (var stop = new CancellationTokenSource())
        {
            var watch = new ImmediateProgress<TrainingProgress>(progress =>
            {
                if (progress.Iteration == 3)
                {
                    stop.Cancel();
                }
            });
            new Trainer(stopped, options).Invoking(trainer => trainer.Fit(_train, _test, watch, stop.Token)).Should().Throw<OperationCanceledException>();
        }

        using var model = TinyNetwork.Build(_train.Labels.Count, seed: 9);
        new Trainer(model, options).Resume(_train, _test);

        TinyNetwork.Bytes(model).Should().Equal(expected);
    }

    private static TrainingOptions Recipe { get; } = TinyNetwork.Options with { ClassWeights = [.. Enumerable.Range(1, 12).Select(i => i / 6.0)], LabelSmoothing = 0.1 };

    private byte[] Trained()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        new Trainer(model, Recipe).Fit(_train, _test);
        return TinyNetwork.Bytes(model);
    }

    private string Chosen()
    {
        using var model = TinyNetwork.Build(_train.Labels.Count);
        return ComputePathSelector.Choose(model, Precision.Auto, batchSize: 8, 32, 32, TorchSharp.torch.CPU, CancellationToken.None).Reason;
    }
}
