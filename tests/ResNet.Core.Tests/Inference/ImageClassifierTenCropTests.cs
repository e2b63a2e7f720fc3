using ResNet.Core.Tests.Weights;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Inference;

public sealed class ImageClassifierTenCropTests : IDisposable
{
    private readonly ClassifierPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Scores_are_the_mean_of_ten_softmaxes()
    {
        using var classifier = TenCropClassifier(out var preprocessing);
        using var model = ModelFile.Load(Version1FileTests.Path, out _);
        string path = _pictures.File(1);
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var views = preprocessing.ApplyAll(ImageDecoder.Decode(path));
        views.Should().HaveCount(10);
        float[][] scores = [.. views.Select(view => model.call(ImageTensor.FromImages([view], preprocessing.Normalization)).softmax(1).data<float>().ToArray())];

        var predictions = classifier.Classify(path, 3);

        foreach (var prediction in predictions)
        {
            prediction.Probability.Should().BeApproximately(scores.Average(score => score[prediction.Index]), 1e-5f);
        }

        predictions.Sum(p => p.Probability).Should().BeApproximately(1, 1e-5f);
        predictions.Select(p => p.Probability).Should().BeInDescendingOrder();
    }

    [Fact]
    public async Task Many_files_are_answered_as_one_by_one()
    {
        using var classifier = TenCropClassifier(out _);
        string[] paths = _pictures.Files(11);
        var alone = paths.Select(path => classifier.Classify(path, 1)[0]).ToArray();
        var together = classifier.Classify(paths, 1);
        var ahead = await classifier.ClassifyAsync(paths, 1, new BulkOptions { BatchSize = 5 }).ToListAsync();
        for (int i = 0; i < paths.Length; i++)
        {
            foreach (var answer in (ImagePrediction[])[together[i], ahead[i]])
            {
                answer.File.Should().Be(paths[i]);
                answer.Predictions[0].Index.Should().Be(alone[i].Index);
                answer.Predictions[0].Probability.Should().BeApproximately(alone[i].Probability, 1e-5f);
            }
        }
    }

    [Fact]
    public void It_leaves_no_tensor()
    {
        using var classifier = TenCropClassifier(out _);
        var picture = ClassifierPictures.Draw(1);
        LiveTensors.ShouldBeLeftBy(() => classifier.Classify(picture), 0);
    }

    private static ImageClassifier TenCropClassifier(out Preprocessing preprocessing)
    {
        preprocessing = Version1FileTests.Description.Preprocessing! with { Crops = TestCrops.Ten };
        return ImageClassifier.FromFile(Version1FileTests.Path, Version1FileTests.Description.Options, preprocessing, Version1FileTests.Description.Labels);
    }
}
