using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training.Tests;

/// <summary>
/// The paper's tests with real weights on real pictures. The numbers are those of PyTorch 1.13 with torchvision 0.14's <c>ten_crop</c>, <c>pad</c>
/// (black, before the normalisation) and <c>resize</c> of Pillow's pictures, scores averaged in float64; whole pictures by
/// <c>conv2d(avg_pool2d(map, 8, 1), fc)</c>. On all 10,000 pictures ten crops have 8,310 right there, the centre crop 8,103.
/// </summary>
public sealed class EvaluatorCheckpointTests
{
    private static readonly Preprocessing AsTrained = Preprocessing.Cifar10 with { Normalization = Normalization.ImageNet };

    public static TheoryData<string, EvaluationOptions, int, int, double> Ways { get; } = new()
    {
        { "centre", new(), 400, 490, 0.931365 },
        { "centre and mirror", new() { Flip = true }, 410, 492, 0.716962 },
        { "whole pictures of one crop", new() { FullyConvolutional = true }, 400, 490, 0.931365 },
        { "ten crops", new() { Crops = TestCrops.Ten }, 413, 492, 0.554087 },
        { "ten crops, logits", new() { Crops = TestCrops.Ten, Averaging = ScoreAveraging.Logits }, 412, 493, 0.639002 },
        { "whole pictures", new() { FullyConvolutional = true, Scales = [32, 40, 48] }, 358, 492, 0.940572 },
        { "whole pictures and mirror", new() { FullyConvolutional = true, Scales = [32, 40, 48], Flip = true }, 365, 495, 0.837339 },
        { "whole pictures, logits", new() { FullyConvolutional = true, Scales = [32, 40, 48], Averaging = ScoreAveraging.Logits }, 356, 490, 1.429089 },
    };

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void Every_twentieth_test_picture_of_CIFAR_10_is_judged_as_in_PyTorch(string way, EvaluationOptions options, int top1, int top5, double loss)
    {
        using var model = Checkpoint();

        var report = Evaluator.Evaluate(model, EveryTwentieth(), AsTrained, options);

        report.Images.Should().Be(500);
        report.Loss.Should().BeApproximately(loss, 1e-3, way);
        report.Top1Correct.Should().BeInRange(top1 - 1, top1 + 1);
        report.Top5Correct.Should().BeInRange(top5 - 1, top5 + 1);
    }

    [SkippableFact]
    public void The_order_of_the_pictures_and_the_batch_size_change_nothing()
    {
        var pictures = EveryTwentieth();
        using var model = Checkpoint();
        var reversed = new Subset(pictures, Enumerable.Range(0, pictures.Count).Reverse());

        var forth = Evaluator.Evaluate(model, pictures, AsTrained, new EvaluationOptions { Flip = true });
        var back = Evaluator.Evaluate(model, reversed, AsTrained, new EvaluationOptions { Flip = true, BatchSize = 77, WorkerCount = 3 });

        (back.Top1Correct, back.Top5Correct).Should().Be((forth.Top1Correct, forth.Top5Correct));
        back.Loss.Should().BeApproximately(forth.Loss, 1e-5);
    }

    private static Subset EveryTwentieth()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string? folder = RealPictures.Cifar10();
        Skip.If(folder is null, RealPictures.WhySkipped);
        return new Subset(ImageFolder.Open(Path.Combine(folder!, "test")), Enumerable.Range(0, 500).Select(i => 20 * i));
    }

    private static ResNetModel Checkpoint()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        var model = new ResNetModel(ResNetOptions.Cifar(20) with { ZeroPadding = ZeroPadding.Both });
        model.LoadWeights(Oracle.PathTo("weights", "resnet20-12fca82f.th"));
        return model;
    }
}
