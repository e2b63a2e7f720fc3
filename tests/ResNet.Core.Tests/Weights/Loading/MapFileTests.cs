using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public sealed class MapFileTests : IDisposable
{
    private const string Large = "layer2.0.conv2.weight";

    private static readonly ResNetOptions Small = ResNetOptions.ResNet18 with { BaseWidth = 32, BlocksPerStage = [1, 1], ClassCount = 7 };
    private static readonly WeightsLoadOptions Mapping = new() { MapFile = true };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("model.pth")]
    public void A_mapped_model_has_the_weights_of_the_file_and_leaves_no_other_tensor(string name)
    {
        using var saved = Save(name, out string path);
        ModelFile.Load(path, Small, loading: Mapping).Dispose();
        long copied = LiveTensors.LeftBy(() => ModelFile.Load(path, Small));
        ResNetModel? mapped = null;

        LiveTensors.ShouldBeLeftBy(() => mapped = ModelFile.Load(path, Small, loading: Mapping), copied);

        ShouldEqual(mapped!, saved);
        mapped!.Dispose();
    }

    [SkippableFact]
    public void Large_weights_stay_in_the_file()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "files are mapped on Linux only");
        using var saved = Save("model.safetensors", out string path);
        using var mapped = ModelFile.Load(path, Small, loading: Mapping);

        Damage(path);

        mapped.get_parameter(Large)!.sum().item<float>().Should().NotBe(saved.get_parameter(Large)!.sum().item<float>());
    }

    [Fact]
    public void Changing_a_mapped_model_leaves_the_file_as_it_is()
    {
        using var saved = Save("model.safetensors", out string path);
        byte[] before = File.ReadAllBytes(path);
        using (var mapped = ModelFile.Load(path, Small, loading: Mapping))
        {
            using var none = torch.no_grad();
            foreach (var parameter in mapped.parameters())
            {
                parameter.fill_(3);
            }

            mapped.get_parameter(Large)!.max().item<float>().Should().Be(3);
        }

        File.ReadAllBytes(path).Should().Equal(before);
    }

    [Fact]
    public void A_mapped_model_learns()
    {
        using var saved = Save("model.safetensors", out string path);
        using var mapped = ModelFile.Load(path, Small, loading: Mapping);
        using var images = torch.rand(2, 3, 32, 32);

        mapped.call(images).sum().backward();

        mapped.get_parameter(Large)!.grad!.abs().max().item<float>().Should().BePositive();
    }

    [Fact]
    public void A_file_that_is_replaced_or_deleted_stays_with_the_model()
    {
        using var saved = Save("model.safetensors", out string path);
        using var mapped = ModelFile.Load(path, Small, loading: Mapping);

        using (var other = new ResNetModel(Small))
        {
            other.SaveWeights(path);
        }

        File.Delete(path);

        ShouldEqual(mapped, saved);
    }

    [Fact]
    public void What_cannot_be_mapped_is_copied()
    {
        using var saved = Save("model.safetensors", out string path);
        using var stream = new MemoryStream(File.ReadAllBytes(path));
        using var fromStream = new ResNetModel(Small);
        using var half = new ResNetModel(Small);
        half.to(torch.ScalarType.BFloat16);

        fromStream.LoadWeights(stream, Mapping);
        half.LoadWeights(path, Mapping);

        ShouldEqual(fromStream, saved);
        half.get_parameter(Large)!.dtype.Should().Be(torch.ScalarType.BFloat16);
        half.get_parameter(Large)!.to(torch.ScalarType.Float32).Should().HaveEqualValues(saved.get_parameter(Large)!.to(torch.ScalarType.BFloat16).to(torch.ScalarType.Float32));
    }

    [Fact]
    public void A_classifier_whose_model_is_not_compiled_does_not_depend_on_the_file()
    {
        using var saved = Save("model.safetensors", out string path, model => model.get_parameter("fc.bias")![0] = float.NegativeInfinity);
        using var classifier = ImageClassifier.FromFile(path, Small, Preprocessing.Cifar10);
        classifier.Engine.Note.Should().NotBeNull();
        var picture = new RgbImage(32, 32, new byte[32 * 32 * 3]);
        var before = classifier.Classify(picture);

        Damage(path);

        classifier.Classify(picture).Should().Equal(before);
    }

    private static void ShouldEqual(ResNetModel actual, ResNetModel expected)
    {
        foreach (var (name, tensor) in expected.state_dict())
        {
            actual.state_dict()[name].Should().HaveEqualValues(tensor, name);
        }
    }

    /// <summary>Writes into the file, as nobody should while it is mapped.</summary>
    private static void Damage(string path)
    {
        long offset;
        using (var file = StateDictFile.Open(path))
        {
            offset = (long)((ValueTuple<ByteSource, long, long, torch.ScalarType>)file.PlaceOf(Large)).Item2;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        stream.Position = offset;
        stream.Write(new byte[1024]);
    }

    private ResNetModel Save(string name, out string path, Action<ResNetModel>? change = null)
    {
        torch.random.manual_seed(1);
        using var none = torch.no_grad();
        var model = new ResNetModel(Small);
        model.eval();
        change?.Invoke(model);
        path = _folder.PathTo(name);
        model.SaveWeights(path);
        return model;
    }
}
