using ResNet.Runtime;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Core.Tests.Runtime;

public sealed class AutocastTests
{
    [Fact]
    public void Matrix_products_are_bfloat16_until_it_is_disposed()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Linear(8, 4);
        var input = torch.randn(2, 8);

        using (Autocast.Begin(DeviceType.CPU, torch.ScalarType.BFloat16))
        {
            layer.call(input).dtype.Should().Be(torch.ScalarType.BFloat16);
        }

        layer.call(input).dtype.Should().Be(torch.ScalarType.Float32);
    }

    [Fact]
    public void Gradients_stay_float32_and_are_nearly_those_of_float32()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Linear(64, 32);
        var input = torch.randn(16, 64);
        layer.call(input).square().sum().backward();
        var expected = layer.weight!.grad!.clone();
        layer.zero_grad();

        using (Autocast.Begin(DeviceType.CPU, torch.ScalarType.BFloat16))
        {
            layer.call(input).to(torch.ScalarType.Float32).square().sum().backward();
        }

        var found = layer.weight!.grad!;
        found.dtype.Should().Be(torch.ScalarType.Float32);
        double error = ((found - expected).norm() / expected.norm()).item<float>();
        error.Should().BeInRange(1e-5, 0.02, "bfloat16 has 8 bits, and must have been used");
    }

    [Fact]
    public void An_inner_one_leaves_the_outer_one_on()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Linear(8, 4);
        var input = torch.randn(2, 8);
        using var outer = Autocast.Begin(DeviceType.CPU, torch.ScalarType.BFloat16);

        Autocast.Begin(DeviceType.CPU, torch.ScalarType.BFloat16).Dispose();

        layer.call(input).dtype.Should().Be(torch.ScalarType.BFloat16);
    }

    [Fact]
    public void Other_threads_are_not_changed()
    {
        using var layer = Linear(8, 4);
        using var autocast = Autocast.Begin(DeviceType.CPU, torch.ScalarType.BFloat16);
        torch.ScalarType? type = null;

        var other = new Thread(() =>
        {
            using var scope = torch.NewDisposeScope();
            type = layer.call(torch.randn(2, 8)).dtype;
        });
        other.Start();
        other.Join();

        type.Should().Be(torch.ScalarType.Float32);
    }

    [Fact]
    public void Weights_changed_between_two_passes_count()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Linear(8, 4, hasBias: false);
        var input = torch.ones(1, 8);
        Tensor Forward()
        {
            using var autocast = Autocast.Begin(DeviceType.CPU, torch.ScalarType.BFloat16);
            return layer.call(input);
        }

        Forward();
        using (torch.no_grad())
        {
            layer.weight!.fill_(0.5);
        }

        Forward()[0, 0].to(torch.ScalarType.Float32).item<float>().Should().Be(4);
    }
}
