using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training.Tests;

/// <summary>The paper's test on real weights and pictures: as many right answers as PyTorch gives.</summary>
public sealed class EvaluatorCheckpointTests
{
    private static readonly Preprocessing AsTrained = Preprocessing.Cifar10 with { Normalization = Normalization.ImageNet };

    [SkippableFact]
    public void Ten_crops_of_CIFAR_pictures_padded_with_black_answer_as_in_PyTorch()
    {
        var pictures = Pictures();
        using var model = Checkpoint();

        var report = Evaluator.Evaluate(model, pictures, AsTrained, new EvaluationOptions { Crops = TestCrops.Ten });

        report.Images.Should().Be(10_000);
        report.Top1Correct.Should().BeInRange(8310 - 15, 8310 + 15, "8148 would be zeros padded after the normalisation");
        report.Options.Padding.Should().Be(4);
    }

    [SkippableFact]
    public void The_mirror_image_helps_and_whole_pictures_of_one_crop_are_the_centre_crop()
    {
        var some = new Subset(Pictures(), Enumerable.Range(0, 1000).Select(i => 10 * i));
        using var model = Checkpoint();

        var centre = Evaluator.Evaluate(model, some, AsTrained);
        var flipped = Evaluator.Evaluate(model, some, AsTrained, new EvaluationOptions { Flip = true });
        var whole = Evaluator.Evaluate(model, some, AsTrained, new EvaluationOptions { FullyConvolutional = true });
        var turned = Evaluator.Evaluate(model, new Subset(some, Enumerable.Range(0, 1000).Reverse()), AsTrained, new EvaluationOptions { BatchSize = 77 });

        centre.Top1Correct.Should().BeInRange(780, 840);
        flipped.Loss.Should().BeLessThan(centre.Loss);
        (whole.Top1Correct, whole.Top5Correct).Should().Be((centre.Top1Correct, centre.Top5Correct));
        whole.Loss.Should().BeApproximately(centre.Loss, 1e-6);
        (turned.Top1Correct, turned.Top5Correct).Should().Be((centre.Top1Correct, centre.Top5Correct));
        turned.Loss.Should().BeApproximately(centre.Loss, 1e-6);
    }

    private static ImageFolder Pictures()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string? folder = RealPictures.Cifar10();
        Skip.If(folder is null, RealPictures.WhySkipped);
        return ImageFolder.Open(Path.Combine(folder!, "test"));
    }

    private static ResNetModel Checkpoint()
    {
        var model = new ResNetModel(ResNetOptions.Cifar(20) with { ZeroPadding = ZeroPadding.Both });
        model.LoadWeights(Oracle.PathTo("weights", "resnet20-12fca82f.th"));
        return model;
    }
}
