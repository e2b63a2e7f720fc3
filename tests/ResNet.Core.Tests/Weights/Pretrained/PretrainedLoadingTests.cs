using ResNet.Downloading;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;

namespace ResNet.Core.Tests.Weights.Pretrained;

public sealed class PretrainedLoadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestServer _server;
    private readonly DownloadOptions _options;
    private readonly PretrainedModel _published;

    public PretrainedLoadingTests()
    {
        var options = ResNetOptions.Cifar(8) with { ClassCount = 3 };
        string path = _folder.PathTo("published.safetensors");
        using (var model = new ResNetModel(options))
        {
            model.SaveWeights(path);
        }

        byte[] content = File.ReadAllBytes(path);
        _server = new TestServer(exchange => exchange.FileAsync(content));
        _options = new DownloadOptions { CacheFolder = _folder.PathTo("cache"), Mirror = null };
        _published = new PretrainedModel
        {
            Name = "resnet8-cifar.test",
            Options = options,
            Url = _server.Url("files/resnet8.safetensors"),
            Sha256 = Downloading.DownloadFixture.Hash(content)[..8],
            FileLength = content.Length,
            Preprocessing = Preprocessing.Cifar10,
            Labels = new ClassLabels(["cat", "dog", "frog"]),
            ParameterCount = 75_000,
            Source = "this test",
        };
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Weights_are_fetched_once_and_loaded()
    {
        using var first = await PretrainedWeights.LoadAsync(_published, _options);
        using var second = await PretrainedWeights.LoadAsync(_published, _options);

        first.training.Should().BeFalse();
        TensorsOf(second).Should().BeEquivalentTo(TensorsOf(first));
        _server.Exchanges.Should().ContainSingle();
    }

    [Fact]
    public async Task A_classifier_knows_preprocessing_and_labels()
    {
        using var classifier = await ImageClassifier.FromPretrainedAsync(_published, _options);

        classifier.Preprocessing.Should().Be(Preprocessing.Cifar10);
        classifier.Classify(new RgbImage(32, 32, new byte[32 * 32 * 3]), top: 3).Select(prediction => prediction.Label).Should().BeEquivalentTo("cat", "dog", "frog");
    }

    [Fact]
    public async Task Labels_that_do_not_fit_are_refused()
    {
        var wrong = _published with { Labels = ClassLabels.Cifar10 };
        await FluentActions.Awaiting(() => ImageClassifier.FromPretrainedAsync(wrong, _options)).Should().ThrowAsync<ArgumentException>()
            .WithMessage("There are 10 labels for 3 classes; *");
    }

    [Fact]
    public async Task An_unknown_name_is_refused_before_anything_is_asked() =>
        await FluentActions.Awaiting(() => ImageClassifier.FromPretrainedAsync("resnet19", _options)).Should().ThrowAsync<ArgumentException>()
            .WithMessage("There are no pretrained weights named 'resnet19'.*");

    private static List<float[]> TensorsOf(ResNetModel model) => [.. model.parameters().Select(parameter => parameter.data<float>().ToArray())];
}
