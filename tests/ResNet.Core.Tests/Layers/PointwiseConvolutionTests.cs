using ResNet.Layers;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Core.Tests.Layers;

public sealed class PointwiseConvolutionTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(16, 64, 8, 1)]
    [InlineData(64, 16, 9, 2)]
    [InlineData(256, 512, 7, 2)]
    [InlineData(3, 5, 1, 1)]
    public void Channels_last_gives_the_values_and_gradients_of_a_convolution(int inChannels, int outChannels, int size, int stride)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Convolutions.One(inChannels, outChannels);
        var images = torch.randn(4, inChannels, size, size);
        var exact = images.to(torch.float64).requires_grad_();
        var weight = layer.weight!.detach().to(torch.float64).requires_grad_();
        var expected = functional.conv2d(exact, weight, strides: [stride, stride]);
        var direction = torch.randn_like(expected);
        expected.backward([direction]);

        var pixels = Layouts.ChannelsLast(images).requires_grad_();
        var found = layer.call(Convolutions.Subsample(pixels, stride));
        found.backward([direction.to(torch.float32)]);

        found.shape.Should().Equal(expected.shape);
        Error(found, expected).Should().BeLessThan(Tolerance);
        Error(pixels.grad!, exact.grad!).Should().BeLessThan(Tolerance);
        Error(layer.weight!.grad!, weight.grad!).Should().BeLessThan(Tolerance);
    }

    [Fact]
    public void The_output_lies_in_memory_as_the_input_does()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Convolutions.One(8, 6);
        var images = torch.randn(2, 8, 5, 5);

        layer.call(images).stride().Should().Equal(150, 25, 5, 1);
        layer.call(Layouts.ChannelsLast(images)).stride().Should().Equal(150, 1, 30, 6);
    }

    [Theory]
    [InlineData("resnet50")]
    [InlineData("resnet34-a")]
    [InlineData("resnet50-preact")]
    [InlineData("resnet50-v1")]
    public void Maps_stay_channels_last_through_the_network(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(OracleNetworks.Options(name, 10));

        var maps = model.ForwardStages(Layouts.ChannelsLast(torch.randn(2, 3, 64, 64)));

        maps.Should().OnlyContain(map => map.stride(1) == 1);
    }

    [Fact]
    public void Seeded_weights_are_those_of_a_convolution()
    {
        using var scope = torch.NewDisposeScope();
        torch.random.manual_seed(7);
        using var expected = Conv2d(12, 20, kernel_size: 1, bias: false);
        torch.random.manual_seed(7);
        using var layer = Convolutions.One(12, 20);

        layer.weight!.shape.Should().Equal(20, 12, 1, 1);
        layer.weight!.data<float>().ToArray().Should().Equal(expected.weight!.data<float>().ToArray());
        layer.GetName().Should().Be(expected.GetName());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hook_sees_the_output_in_either_layout(bool channelsLast)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Convolutions.One(4, 3);
        var images = torch.randn(1, 4, 2, 2);
        long[] seen = [];
        layer.register_forward_hook((_, _, output) =>
        {
            seen = output.shape;
            return output;
        });

        layer.call(channelsLast ? Layouts.ChannelsLast(images) : images);

        seen.Should().Equal(1, 3, 2, 2);
    }

    [Fact]
    public void Nothing_but_the_output_is_left()
    {
        using var layer = Convolutions.One(4, 3);
        using var images = Layouts.ChannelsLast(torch.randn(1, 4, 2, 2));
        Tensor? output = null;
        LiveTensors.ShouldBeLeftBy(() => output = layer.call(images), 1);
        output!.Dispose();
    }

    private static double Error(Tensor found, Tensor expected) =>
        ((found.to(torch.float64) - expected).norm() / expected.norm()).item<double>();
}
