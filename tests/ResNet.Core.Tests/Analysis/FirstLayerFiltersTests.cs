using ResNet.Analysis;
using TorchSharp;

namespace ResNet.Core.Tests.Analysis;

public sealed class FirstLayerFiltersTests
{
    [Fact]
    public void They_are_the_weights_of_the_first_convolution()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ResNetModel.ResNet18();

        var filters = FirstLayerFilters.Of(model);

        (filters.Count, filters.Channels, filters.Size).Should().Be((64, 3, 7));
        var weight = model.state_dict()["conv1.weight"];
        filters.Weights.Should().HaveCount(64 * 3 * 49);
        filters.Weights[(((5 * 3) + 2) * 49) + (3 * 7) + 1].Should().Be(weight[5, 2, 3, 1].item<float>());
        LiveTensors.ShouldBeLeftBy(() => FirstLayerFilters.Of(model), 0);
    }
}
