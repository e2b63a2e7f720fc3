using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class EvaluationOptionsTests
{
    [Fact]
    public void Every_fault_is_listed_at_once()
    {
        var options = new EvaluationOptions
        {
            BatchSize = 0,
            WorkerCount = 300,
            Crops = TestCrops.Ten,
            FullyConvolutional = true,
            Scales = [224, 48, 224, 31],
            Padding = -1,
            Averaging = (ScoreAveraging)7,
        };

        FluentActions.Invoking(() => options.EnsureValid(Preprocessing.ImageNet)).Should().Throw<InvalidOptionsException>().WithMessage(
            """
            EvaluationOptions: 7 faults.
            - BatchSize is 0; it must be at least 1.
            - WorkerCount is 300; it must be 1 to 256.
            - Crops is Ten, but FullyConvolutional looks at whole pictures; give one of them.
            - Averaging is 7; it must be Softmax or Logits.
            - Padding is -1; it must be 0 to 224, the crop's size.
            - Scales has 48 and 31; each must be at least 224, the crop's size.
            - Scales has 224 more than once; give each once.
            """);
    }

    [Fact]
    public void What_needs_no_crop_is_found_without_preprocessing()
    {
        new EvaluationOptions { Padding = -3, Scales = [], Crops = (TestCrops)9 }.Faults().Should().Equal(
            "Crops is 9; it must be Center or Ten, or null for what the weights say.",
            "Padding is -3; it must be 0 or more.",
            "Scales is empty; give at least one, or null for that of the weights.");
        new EvaluationOptions { Scales = [0, 32], Padding = 400 }.Faults().Should().Equal("Scales has 0; each must be at least 1.");
        new EvaluationOptions { Padding = 33 }.Faults(Preprocessing.Cifar10).Should().Equal("Padding is 33; it must be 0 to 32, the crop's size.");
    }

    [Fact]
    public void The_paper_s_tests_are_valid()
    {
        new EvaluationOptions().Faults(Preprocessing.Cifar10).Should().BeEmpty();
        new EvaluationOptions { Crops = TestCrops.Ten, Flip = true, Padding = 0 }.Faults(Preprocessing.ImageNet).Should().BeEmpty();
        new EvaluationOptions { FullyConvolutional = true, Scales = EvaluationOptions.PaperScales, Flip = true }.Faults(Preprocessing.ImageNet).Should().BeEmpty();
    }

    [Fact]
    public void Options_are_equal_by_value_and_keep_scales_of_their_own()
    {
        int[] scales = [256, 384];
        var options = new EvaluationOptions { Scales = scales };
        scales[0] = 1;

        options.Scales.Should().Equal(256, 384);
        options.Should().Be(new EvaluationOptions { Scales = [256, 384] }).And.NotBe(new EvaluationOptions { Scales = [384, 256] }).And.NotBe(new EvaluationOptions());
        options.GetHashCode().Should().Be(new EvaluationOptions { Scales = [256, 384] }.GetHashCode());
        (options with { Flip = true }).Should().NotBe(options);
    }

    [Theory]
    [InlineData(TestCrops.Center, null, null, 0)]
    [InlineData(TestCrops.Ten, null, null, 4)]
    [InlineData(TestCrops.Ten, null, 40, 0)]
    [InlineData(TestCrops.Ten, 2, 40, 2)]
    public void Null_means_what_the_report_says(TestCrops crops, int? padding, int? shorterSide, int meant)
    {
        var shapes = TinyNetwork.Shapes(3);
        using var model = TinyNetwork.Build(shapes.Labels.Count);
        var preprocessing = Preprocessing.Cifar10 with { Crops = crops, ResizeShorterSide = shorterSide };

        var report = Evaluator.Evaluate(model, shapes, preprocessing, new EvaluationOptions { Padding = padding });

        report.Preprocessing.Should().Be(preprocessing);
        report.ViewCount.Should().Be(crops == TestCrops.Ten ? 10 : 1, "the weights say how they are tested");
        report.Options.Should().Be(new EvaluationOptions { Crops = crops, Padding = meant, Scales = shorterSide is { } side ? [side] : null });
    }

    [Fact]
    public void Options_come_before_what_the_weights_say()
    {
        var shapes = TinyNetwork.Shapes(3);
        using var model = TinyNetwork.Build(shapes.Labels.Count);
        var ten = Preprocessing.Cifar10 with { Crops = TestCrops.Ten };

        Views(new EvaluationOptions { Crops = TestCrops.Center }).Should().Be(1);
        Views(new EvaluationOptions { Crops = TestCrops.Center, Flip = true }).Should().Be(2);
        Views(new EvaluationOptions { FullyConvolutional = true, Scales = [32, 40], Flip = true }).Should().Be(4);
        Views(new EvaluationOptions { Flip = true, Scales = [32, 40, 48] }).Should().Be(30, "ten crops hold their mirror images");

        int Views(EvaluationOptions options) => Evaluator.Evaluate(model, shapes, ten, options).ViewCount;
    }
}
