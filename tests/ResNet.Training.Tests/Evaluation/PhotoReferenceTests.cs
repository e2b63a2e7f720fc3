using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Training.Tests;

/// <summary>
/// From photo files to averaged scores, beside what torchvision's transforms and PyTorch 1.13 in double precision make of the same photos with the same weights (the fill rule's, norm scale 0.8,
/// of torchvision's ResNet of one BasicBlock a stage and five classes): one crop, ten crops, and fully convolutionally at five scales.
/// </summary>
public sealed class PhotoReferenceTests : IDisposable
{
    private const double Rounding = 2e-5;

    private static readonly EvaluationOptions FiveScales = new() { FullyConvolutional = true, Scales = EvaluationOptions.PaperScales, BatchSize = 16 };

    private readonly TemporaryFolder _folder = new();
    private readonly ResNetModel _model = new(ResNetOptions.ResNet18 with { BlocksPerStage = [1, 1, 1, 1], ClassCount = 5 });

    public PhotoReferenceTests() => FillRule.Fill(_model, 0.8);

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [SkippableTheory]
    [InlineData(TestCrops.Center)]
    [InlineData(TestCrops.Ten)]
    public void The_evaluator_gives_PyTorchs_scores_for_crops(TestCrops crops) =>
        Expect(new EvaluationOptions { Crops = crops, BatchSize = 16 }, crops == TestCrops.Ten ? PhotoScores.Ten : PhotoScores.Center);

    [SkippableFact]
    public void The_evaluator_gives_PyTorchs_scores_fully_convolutionally_at_five_scales() => Expect(FiveScales, PhotoScores.FiveScales);

    [SkippableTheory]
    [InlineData(TestCrops.Center)]
    [InlineData(TestCrops.Ten)]
    public void A_classifier_gives_PyTorchs_scores_for_crops(TestCrops crops)
    {
        string[] photos = Photos();
        using var classifier = new ImageClassifier(_model, Preprocessing.ImageNet with { Crops = crops });
        double[][] expected = crops == TestCrops.Ten ? PhotoScores.Ten : PhotoScores.Center;

        for (int photo = 0; photo < photos.Length; photo++)
        {
            var predictions = classifier.Classify(photos[photo]);

            predictions.Should().HaveCount(5);
            foreach (var prediction in predictions)
            {
                ((double)prediction.Probability).Should().BeApproximately(expected[photo][prediction.Index], Rounding, $"class {prediction.Index} of {Path.GetFileName(photos[photo])}");
            }
        }
    }

    /// <summary>Each photo is of its own class.</summary>
    private void Expect(EvaluationOptions options, double[][] expected)
    {
        foreach (string photo in Photos())
        {
            string folder = Directory.CreateDirectory(_folder.PathTo(Path.GetFileNameWithoutExtension(photo))).FullName;
            File.Copy(photo, Path.Combine(folder, Path.GetFileName(photo)));
        }

        var answers = Evaluator.Evaluate(_model, ImageFolder.Open(_folder.Root), Preprocessing.ImageNet, options).Answers;

        answers.Should().HaveCount(expected.Length);
        foreach (var answer in answers)
        {
            double[] scores = expected[answer.Label];
            answer.Predicted.Should().Be(Array.IndexOf(scores, scores.Max()));
            answer.Confidence.Should().BeApproximately(scores.Max(), Rounding);
            answer.LabelProbability.Should().BeApproximately(scores[answer.Label], Rounding);
        }
    }

    private static string[] Photos()
    {
        string folder = Oracle.PathTo("photos");
        Skip.IfNot(Directory.Exists(folder), Oracle.WhySkipped);
        return [.. Directory.GetFiles(folder, "*.JPEG").Order(StringComparer.Ordinal)];
    }
}
