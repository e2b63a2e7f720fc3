using ResNet.Compilation;
using ResNet.Core.Tests.Weights;
using ResNet.Imaging;
using ResNet.Inference;
using TorchSharp;

namespace ResNet.Core.Tests.Inference;

public sealed class ImageClassifierEngineTests
{
    private static readonly RgbImage Picture = Draw();

    [Fact]
    public void By_default_a_compiled_network_gives_the_models_answers()
    {
        using var eager = ImageClassifier.FromFile(Version1FileTests.Path, engine: EngineOptions.Eager);
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path);

        classifier.Engine.Compiled.Should().NotBeNull();
        classifier.Engine.Compiled!.Precision.Should().Be(CompilePrecision.Float32);
        eager.Engine.Should().Be(new EngineReport(Compiled: null, Note: null));
        ShouldAgree(classifier, eager, 1e-5f);
    }

    [Fact]
    public void Torchs_own_operations_give_the_models_answers_too()
    {
        using var eager = ImageClassifier.FromFile(Version1FileTests.Path, engine: EngineOptions.Eager);
        using var classifier = ImageClassifier.FromFile(
            Version1FileTests.Path, engine: EngineOptions.Compiled with { Compile = new CompileOptions { AllowFused = false } });

        classifier.Engine.Compiled!.Engine.Should().Be(CompiledEngine.Folded);
        ShouldAgree(classifier, eager, 1e-5f);
    }

    [SkippableFact]
    public void Bfloat16_gives_about_the_models_answers()
    {
        using var eager = ImageClassifier.BuiltIn(engine: EngineOptions.Eager);
        using var classifier = ImageClassifier.BuiltIn(engine: new EngineOptions { Compile = new CompileOptions { Precision = CompilePrecision.BFloat16 } });
        Skip.If(classifier.Engine.Compiled?.Precision != CompilePrecision.BFloat16, classifier.Engine.ToString());

        ShouldAgree(classifier, eager, 0.05f);
    }

    [Fact]
    public void A_model_that_was_compiled_may_go_before_its_classifier()
    {
        var model = new ResNetModel(Version1FileTests.Description.Options);
        using var classifier = new ImageClassifier(model, Preprocessing.Cifar10, engine: EngineOptions.Compiled);
        var before = classifier.Classify(Picture);

        model.Dispose();

        classifier.Classify(Picture).Should().Equal(before);
    }

    [Fact]
    public void A_network_that_diverged_is_not_compiled()
    {
        using var model = ResNetModel.CifarResNet(8);
        using (torch.no_grad())
        {
            model.parameters().Last().fill_(float.NaN);
        }

        FluentActions.Invoking(() => new ImageClassifier(model, Preprocessing.Cifar10, engine: EngineOptions.Compiled)).Should().Throw<NotSupportedException>().WithMessage(
            "The network cannot be compiled: some of its parameters are no numbers (NaN or infinite), which a compiled network might hide; use EngineChoice.Auto to run the model itself.");
        using var classifier = new ImageClassifier(model, Preprocessing.Cifar10);
        classifier.Engine.Compiled.Should().BeNull();
        classifier.Engine.Note.Should().StartWith("some of its parameters are no numbers");
    }

    [Fact]
    public void A_model_of_other_numbers_than_float32_runs_itself()
    {
        var model = ResNetModel.CifarResNet(8);
        model.to(torch.ScalarType.Float64);
        using var classifier = new ImageClassifier(model, Preprocessing.Cifar10);

        classifier.Engine.Note.Should().Be("its parameters are Float64, and a compiled network computes in float32 or less");
    }

    [Fact]
    public void Wrong_options_leave_the_model_to_the_caller()
    {
        using var model = ResNetModel.CifarResNet(8);

        FluentActions.Invoking(() => new ImageClassifier(model, Preprocessing.Cifar10, engine: new EngineOptions { Choice = (EngineChoice)9 }))
            .Should().Throw<InvalidOptionsException>();

        using var classifier = new ImageClassifier(model, Preprocessing.Cifar10);
        classifier.Classify(Picture).Should().HaveCount(5);
    }

    [Theory]
    [InlineData(EngineChoice.Eager)]
    [InlineData(EngineChoice.Compiled)]
    public void Nothing_is_left_of_a_classifier_and_its_answers(EngineChoice choice)
    {
        ClassifyOnce();
        LiveTensors.ShouldBeLeftBy(ClassifyOnce, 0);

        void ClassifyOnce()
        {
            using var scope = torch.NewDisposeScope();
            using var classifier = ImageClassifier.FromFile(Version1FileTests.Path, engine: new EngineOptions { Choice = choice });
            _ = classifier.Classify(Picture);
        }
    }

    private static void ShouldAgree(ImageClassifier a, ImageClassifier b, float tolerance)
    {
        var expected = b.Classify(Picture, top: 10).ToDictionary(prediction => prediction.Index, prediction => prediction.Probability);
        foreach (var prediction in a.Classify(Picture, top: 10))
        {
            prediction.Probability.Should().BeApproximately(expected[prediction.Index], tolerance);
        }
    }

    private static RgbImage Draw()
    {
        byte[] pixels = new byte[3 * 40 * 50];
        new Random(5).NextBytes(pixels);
        return new RgbImage(40, 50, pixels);
    }
}
