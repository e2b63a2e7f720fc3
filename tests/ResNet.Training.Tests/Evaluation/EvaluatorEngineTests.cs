using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class EvaluatorEngineTests
{
    public static TheoryData<EvaluationOptions> Views { get; } =
    [
        new EvaluationOptions(),
        new EvaluationOptions { Crops = TestCrops.Ten },
        new EvaluationOptions { Flip = true, Averaging = ScoreAveraging.Logits, BatchSize = 7 },
        new EvaluationOptions { Scales = [32, 48] },
    ];

    [Theory]
    [MemberData(nameof(Views), DisableDiscoveryEnumeration = true)]
    public void A_compiled_network_finds_what_the_model_finds(EvaluationOptions options)
    {
        var shapes = TinyNetwork.Shapes(40);
        using var model = Model();

        var expected = Evaluator.Evaluate(model, shapes, Preprocessing.Cifar10, options with { Engine = EngineOptions.Eager });
        var actual = Evaluator.Evaluate(model, shapes, Preprocessing.Cifar10, options with { Engine = EngineOptions.Compiled });

        actual.Engine.Compiled.Should().NotBeNull();
        expected.Engine.Should().Be(new EngineReport(Compiled: null, Note: null));
        actual.Loss.Should().BeApproximately(expected.Loss, 1e-5);
        actual.Answers.Select(answer => answer.Predicted).Should().Equal(expected.Answers.Select(answer => answer.Predicted));
    }

    [Fact]
    public void By_default_a_compiled_network_in_float32_runs_and_leaves_nothing_behind()
    {
        var shapes = TinyNetwork.Shapes(10);
        using var model = Model();
        EvaluationReport? report = null;

        Evaluate();
        LiveTensors.ShouldBeLeftBy(Evaluate, 0);

        report!.Engine.Compiled!.Precision.Should().Be(CompilePrecision.Float32);

        void Evaluate() => report = Evaluator.Evaluate(model, shapes, Preprocessing.Cifar10);
    }

    [SkippableFact]
    public void Int8_is_calibrated_on_a_folder_prepared_as_the_pictures_are()
    {
        using var folder = new TemporaryFolder();
        var shapes = TinyNetwork.Shapes(40);
        for (int i = 0; i < 20; i++)
        {
            ImageEncoder.SavePng(shapes.Read(i + 20).Image, folder.PathTo($"{i}.png"));
        }

        using var model = Model();
        var engine = new EngineOptions { Compile = new CompileOptions { Precision = CompilePrecision.Int8 }, CalibrationFolder = folder.Root };
        var test = new Subset(shapes, [.. Enumerable.Range(0, 20)]);

        var report = Evaluator.Evaluate(model, test, Preprocessing.Cifar10, new EvaluationOptions { Engine = engine });
        report.Engine.ToString().Should().Contain("int8", "it ran, or it says why not");
        Skip.If(report.Engine.Compiled?.Precision != CompilePrecision.Int8, report.Engine.ToString());

        var expected = Evaluator.Evaluate(model, test, Preprocessing.Cifar10, new EvaluationOptions { Engine = EngineOptions.Eager });
        report.Loss.Should().BeApproximately(expected.Loss, 0.05);
        report.Loss.Should().NotBeApproximately(expected.Loss, 1e-9);
        var suite = new RobustnessOptions { Kinds = [CorruptionKind.GaussianNoise], Severities = [1], Evaluation = new EvaluationOptions { Engine = engine } };
        RobustnessSuite.Evaluate(model, test, Preprocessing.Cifar10, suite).Clean.Engine.Compiled!.Precision.Should().Be(CompilePrecision.Int8);
    }

    [Fact]
    public void Positions_come_from_the_model_itself()
    {
        using var model = Model();
        var options = new EvaluationOptions { FullyConvolutional = true, Scales = [48] };

        Evaluator.Evaluate(model, TinyNetwork.Shapes(4), Preprocessing.Cifar10, options).Engine.Compiled.Should().BeNull();
        (options with { Engine = EngineOptions.Compiled }).Faults().Should().Equal(
            "Engine demands a compiled network, but FullyConvolutional needs the scores of positions, which only the model itself gives; give one of them.");
    }

    [Fact]
    public void Faults_of_the_engine_are_faults_of_the_evaluation()
    {
        new EvaluationOptions { Engine = new EngineOptions { Choice = (EngineChoice)4 } }.Faults().Should().Equal(
            "Engine.Choice is 4; it must be one of Auto, Eager, Compiled.");
        new EvaluationOptions { Engine = new EngineOptions { Compile = new CompileOptions { Precision = CompilePrecision.Int8 } } }.Faults().Should().Equal(
            "Engine.Compile.Precision is Int8, which learns from pictures how large numbers get, but neither CalibrationFolder nor Compile.CalibrationPictures is given; give one of them.");
        new EvaluationOptions { Engine = null! }.Faults().Should().Equal("Engine is null; leave it out for EngineOptions.Auto.");
        new EvaluationOptions { Engine = EngineOptions.Eager }.Should().NotBe(new EvaluationOptions());
    }

    [Fact]
    public void A_network_that_diverged_still_has_no_answers()
    {
        using var model = Model();
        using (torch.no_grad())
        {
            _ = model.parameters().First().fill_(float.NaN);
        }

        var report = Evaluator.Evaluate(model, TinyNetwork.Shapes(6), Preprocessing.Cifar10);

        report.UnansweredCount.Should().Be(6);
        report.Engine.Note.Should().StartWith("some of its parameters are no numbers");
    }

    [Fact]
    public void All_corruptions_run_on_the_same_engine_as_the_clean_pictures()
    {
        using var model = Model();
        var options = new RobustnessOptions { Kinds = [CorruptionKind.GaussianNoise], Severities = [1, 3] };
        var eager = options with { Evaluation = new EvaluationOptions { Engine = EngineOptions.Eager } };

        var compiled = RobustnessSuite.Evaluate(model, TinyNetwork.Shapes(12), Preprocessing.Cifar10, options);
        var expected = RobustnessSuite.Evaluate(model, TinyNetwork.Shapes(12), Preprocessing.Cifar10, eager);

        compiled.Clean.Engine.Compiled.Should().NotBeNull();
        compiled.Results.Select(result => Math.Round(result.Loss, 4)).Should().Equal(expected.Results.Select(result => Math.Round(result.Loss, 4)));
    }

    private static ResNetModel Model()
    {
        var model = TinyNetwork.Build(TinyNetwork.Shapes(1).Labels.Count);
        TinyNetwork.Sharpen(model);
        return model;
    }
}
