using ResNet.Core.Tests.Weights;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Inference;

public sealed class ImageClassifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Path_stream_bytes_and_picture_give_the_same_answer()
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path);
        string path = Picture(1);
        var answer = classifier.Classify(path);
        using (var stream = File.OpenRead(path))
        {
            classifier.Classify(stream).Should().Equal(answer);
        }

        classifier.Classify(File.ReadAllBytes(path)).Should().Equal(answer);
        classifier.Classify(ImageDecoder.Decode(path)).Should().Equal(answer);
    }

    [Fact]
    public void Predictions_are_the_softmax_in_order()
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path, engine: EngineOptions.Eager);
        using var model = ModelFile.Load(Version1FileTests.Path, out var description);
        string path = Picture(1);
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var prepared = description.Preprocessing!.Apply(ImageDecoder.Decode(path));
        float[] expected = model.call(ImageTensor.FromImages([prepared], description.Preprocessing.Normalization)).softmax(1).data<float>().ToArray();

        var predictions = classifier.Classify(path);

        predictions.Select(p => p.Index).Should().Equal(Enumerable.Range(0, 3).OrderByDescending(i => expected[i]));
        predictions.Select(p => p.Probability).Should().Equal(expected.OrderDescending());
        predictions.Select(p => p.Label).Should().Equal(predictions.Select(p => Version1FileTests.Description.Labels![p.Index]));
    }

    [Fact]
    public void Many_files_are_answered_in_order_as_one_by_one()
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path);
        string[] paths = [.. Enumerable.Range(0, 35).Select(Picture)];
        var answers = classifier.Classify(paths, 1);
        answers.Select(answer => answer.File).Should().Equal(paths);
        foreach (var (file, predictions) in answers)
        {
            var alone = classifier.Classify(file, 1)[0];
            predictions.Should().ContainSingle().Which.Should().BeEquivalentTo(alone, o => o.Excluding(p => p.Probability));
            predictions[0].Probability.Should().BeApproximately(alone.Probability, 1e-5f);
        }

        classifier.Classify(Array.Empty<string>()).Should().BeEmpty();
    }

    [Fact]
    public void Top_is_clipped_to_the_classes_and_refused_below_1()
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path);
        string path = Picture(1);
        classifier.Classify(path, 2).Should().HaveCount(2);
        classifier.Classify(path, 100).Should().HaveCount(3);
        classifier.Classify(path, 3).Sum(p => p.Probability).Should().BeApproximately(1, 1e-5f);
        classifier.Invoking(c => c.Classify(path, 0)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("How many classes to return must be at least 1.*");
        classifier.Invoking(c => c.Classify([path], 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Without_labels_classes_are_numbered()
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path, Version1FileTests.Description.Options, Preprocessing.Cifar10);
        classifier.Classify(Picture(1)).Should().OnlyContain(p => p.Label == $"class {p.Index}");
    }

    [Fact]
    public void What_a_classifier_needs_is_asked_for()
    {
        string path = _folder.PathTo("bare.safetensors");
        using (var model = ResNetModel.CifarResNet(8))
        {
            model.SaveWeights(path);
        }

        FluentActions.Invoking(() => ImageClassifier.FromFile(path)).Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}: the file does not say how pictures are prepared for its network. Pass ResNetOptions and Preprocessing as well.");
        FluentActions.Invoking(() => ImageClassifier.FromFile(path, ResNetOptions.Cifar(8), Preprocessing.Cifar10, new ClassLabels(["a"])))
            .Should().Throw<ArgumentException>().WithMessage("There are 1 labels for 10 classes; give one label for each class.*");
        using var grey = new ResNetModel(ResNetOptions.Cifar(8) with { InputChannels = 1 });
        FluentActions.Invoking(() => new ImageClassifier(grey, Preprocessing.Cifar10)).Should().Throw<ArgumentException>()
            .WithMessage("The model takes 1 channels, but pictures have 3 (red, green, blue); build with InputChannels = 3.*");
    }

    [Fact]
    public void A_disposed_classifier_refuses_and_its_model_is_gone()
    {
        var model = ResNetModel.CifarResNet(8);
        var weight = model.state_dict()["fc.weight"];
        var classifier = new ImageClassifier(model, Preprocessing.Cifar10);
        string path = Picture(1);
        classifier.Dispose();
        classifier.Dispose();
        weight.IsInvalid.Should().BeTrue();
        classifier.Invoking(c => c.Classify(path)).Should().Throw<ObjectDisposedException>();
        classifier.Invoking(c => c.Classify([path])).Should().Throw<ObjectDisposedException>();
    }

    private static RgbImage Draw(int seed)
    {
        byte[] pixels = new byte[3 * 40 * 50];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(40, 50, pixels);
    }

    private string Picture(int seed)
    {
        string path = _folder.PathTo($"{seed}.png");
        ImageEncoder.SavePng(Draw(seed), path);
        return path;
    }
}
