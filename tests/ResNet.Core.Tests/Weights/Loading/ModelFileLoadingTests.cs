using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

public sealed class ModelFileLoadingTests : IDisposable
{
    private static readonly ResNetOptions Small = ResNetOptions.ResNet50 with { BaseWidth = 16, BlocksPerStage = [1, 1], ClassCount = 7 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_file_draws_nothing_from_torchs_generator()
    {
        string path = Save(Small);
        using var expected = Drawn(() => { });

        using var actual = Drawn(() => ModelFile.Load(path, out _).Dispose());

        actual.Should().HaveEqualValues(expected);
    }

    [Fact]
    public void A_network_built_after_one_from_a_file_is_drawn()
    {
        using var expected = Fresh(Small);
        using var loaded = ModelFile.Load(Save(Small), out _);

        using var actual = Fresh(Small);

        ShouldEqual(actual, expected);
    }

    [Fact]
    public void A_damaged_file_leaves_later_networks_drawn()
    {
        using var expected = Fresh(Small);
        string path = Save(Small with { ClassCount = 3 });
        FluentActions.Invoking(() => ModelFile.Load(path, Small)).Should().Throw<WeightsMismatchException>();

        using var actual = Fresh(Small);

        ShouldEqual(actual, expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_skipped_classifier_is_drawn_as_in_a_fresh_network(bool maps)
    {
        var loading = new WeightsLoadOptions { SkipClassifier = true, MapFile = maps };
        ShouldLoadAsIntoAFreshNetwork(Save(Small with { ClassCount = 3 }), loading);
    }

    [Theory]
    [InlineData("conv1.weight")]
    [InlineData("layer2.0.downsample.0.weight")]
    [InlineData("layer1.0.bn3.weight")]
    public void What_a_file_lacks_is_drawn_as_in_a_fresh_network(string missing)
    {
        string path = Save(Small);
        var loading = new WeightsLoadOptions { Strict = false, Rename = name => name == missing ? null : name };
        ShouldLoadAsIntoAFreshNetwork(path, loading);
    }

    private void ShouldLoadAsIntoAFreshNetwork(string path, WeightsLoadOptions loading)
    {
        using var expected = Fresh(Small with { ZeroInitResidual = true });
        expected.LoadWeights(path, loading);
        expected.eval();

        torch.random.manual_seed(5);
        using var actual = ModelFile.Load(path, Small with { ZeroInitResidual = true }, loading: loading);

        ShouldEqual(actual, expected);
    }

    private static ResNetModel Fresh(ResNetOptions options)
    {
        torch.random.manual_seed(5);
        return new ResNetModel(options);
    }

    private static Tensor Drawn(Action before)
    {
        torch.random.manual_seed(9);
        before();
        return torch.rand(8);
    }

    private static void ShouldEqual(ResNetModel actual, ResNetModel expected)
    {
        foreach (var (name, tensor) in expected.state_dict())
        {
            actual.state_dict()[name].Should().HaveEqualValues(tensor, name);
        }
    }

    private string Save(ResNetOptions options)
    {
        torch.random.manual_seed(1);
        using var model = new ResNetModel(options);
        string path = _folder.PathTo("model.safetensors");
        model.SaveWeights(path);
        return path;
    }
}
