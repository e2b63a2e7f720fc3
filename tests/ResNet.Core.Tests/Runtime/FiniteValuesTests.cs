using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Core.Tests.Runtime;

public sealed class FiniteValuesTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void The_first_broken_tensor_of_a_network_is_named_buffers_too(float value)
    {
        using var model = new ResNetModel(ResNetOptions.Cifar(8));
        FiniteValues.FirstBroken(model).Should().BeNull();
        model.state_dict()["layer2.0.bn1.running_var"][3] = value;
        model.state_dict()["layer3.0.bn1.running_var"][3] = 0f / 0;

        var broken = FiniteValues.FirstBroken(model);

        broken!.Value.Name.Should().Be("layer2.0.bn1.running_var");
        broken.Value.Value.Should().Be(value);
        LiveTensors.ShouldBeLeftBy(() => FiniteValues.FirstBroken(model), 0);
    }

    [Fact]
    public void Sums_that_would_leave_float32_are_no_faults()
    {
        using var large = torch.tensor(new[] { float.MaxValue, float.MaxValue });
        using var mixed = torch.tensor(new[] { 1, float.NaN, float.PositiveInfinity, 2 });
        using var integers = torch.tensor(new[] { 1L, long.MaxValue });

        FiniteValues.FirstBroken(large).Should().BeNull();
        FiniteValues.BrokenCount(mixed).Should().Be(2);
        FiniteValues.FirstBroken(integers).Should().BeNull();
    }
}
