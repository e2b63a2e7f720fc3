using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights.Loading;

public sealed class FiniteWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NaN_in_a_file_is_refused_where_training_shall_begin_with_it_and_nothing_is_written()
    {
        string path = Save("layer2.0.bn1.running_var");
        using var model = new ResNetModel(ResNetOptions.Cifar(8));
        byte[] before = model.state_dict()["conv1.weight"].bytes.ToArray();

        model.Invoking(network => network.LoadWeights(path, new WeightsLoadOptions { RequireFinite = true })).Should().Throw<WeightsFormatException>()
            .WithMessage($"{path}: 2 of the 32 values of 'layer2.0.bn1.running_var' are NaN or infinite, and training cannot mend them. Take another file, such as an earlier one of the same run.");

        model.state_dict()["conv1.weight"].bytes.ToArray().Should().Equal(before);
    }

    [Fact]
    public void Without_being_asked_a_network_that_diverged_loads()
    {
        using var model = new ResNetModel(ResNetOptions.Cifar(8));

        model.Invoking(network => network.LoadWeights(Save("layer2.0.bn1.running_var"))).Should().NotThrow();
    }

    [Fact]
    public void What_is_not_loaded_may_be_broken()
    {
        using var model = new ResNetModel(ResNetOptions.Cifar(8));

        model.Invoking(network => network.LoadWeights(Save("fc.bias"), new WeightsLoadOptions { RequireFinite = true, SkipClassifier = true })).Should().NotThrow();
    }

    private string Save(string broken)
    {
        using var none = torch.no_grad();
        using var model = new ResNetModel(ResNetOptions.Cifar(8));
        model.state_dict()[broken][0] = float.NaN;
        model.state_dict()[broken][1] = float.PositiveInfinity;
        model.SaveWeights(_folder.PathTo("broken.safetensors"));
        return _folder.PathTo("broken.safetensors");
    }
}
