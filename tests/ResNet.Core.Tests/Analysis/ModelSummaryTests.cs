using ResNet.Analysis;
using TorchSharp;

namespace ResNet.Core.Tests.Analysis;

public sealed class ModelSummaryTests
{
    [Fact]
    public void ResNet50_has_the_multiply_adds_of_torchvisions()
    {
        var summary = ModelSummary.Of(ResNetOptions.ResNet50);

        summary.MultiplyAdds.Should().Be(4_089_184_256);
        summary.Parameters.Should().Be(25_557_032);
        (summary.Depth, summary.InputHeight, summary.InputWidth).Should().Be((50, 224, 224));
        summary.ParameterBytes.Should().Be(4 * 25_557_032);
    }

    [Fact]
    public void ResNet18_has_the_multiply_adds_of_torchvisions() =>
        ModelSummary.Of(ResNetOptions.ResNet18).MultiplyAdds.Should().Be(1_814_073_344);

    // torchinfo 1.8 on torchvision's networks, input 1x3x224x224: "Forward/backward pass size (MB)", every output counted twice.
    [Theory]
    [InlineData(18, 39.75)]
    [InlineData(50, 177.83)]
    [InlineData(152, 360.87)]
    public void Activations_take_half_of_what_torchinfo_counts_forth_and_back(int depth, double megabytes)
    {
        var options = depth switch { 18 => ResNetOptions.ResNet18, 50 => ResNetOptions.ResNet50, _ => ResNetOptions.ResNet152 };
        Math.Round(2 * ModelSummary.Of(options).ActivationBytes / 1e6, 2).Should().Be(megabytes);
    }

    [Fact]
    public void A_picture_that_is_not_square_has_maps_of_its_shape()
    {
        var summary = ModelSummary.Of(ResNetOptions.ResNet18, 64, 96);

        summary.Layers[0].OutputShape.Should().Be(new MapShape(64, 32, 48));
        summary.Layers[^2].OutputShape.Should().Be(new MapShape(512, 2, 3));
        (summary.InputHeight, summary.InputWidth).Should().Be((64, 96));
    }

    [Fact]
    public void Activations_of_a_network_in_double_precision_take_twice_the_memory()
    {
        using var model = ResNetModel.CifarResNet(20);
        long single = ModelSummary.Of(model, 32).ActivationBytes;
        model.to(torch.float64);
        var summary = ModelSummary.Of(model, 32);
        (summary.ActivationBytes, summary.ParameterBytes).Should().Be((2 * single, 8 * summary.Parameters));
    }

    [Fact]
    public void Measuring_can_be_stopped_and_then_leaves_no_hook()
    {
        using var model = ResNetModel.CifarResNet(20);
        var stop = new CancellationToken(canceled: true);
        FluentActions.Invoking(() => ModelSummary.Of(model, 32, cancellationToken: stop)).Should().Throw<OperationCanceledException>();
        model.training.Should().BeTrue();
        using var output = model.call(torch.zeros(2, 3, 32, 32));
        output.shape.Should().Equal(2, 10);
    }

    [Fact]
    public void ResNet50_that_strides_in_the_first_1x1_has_the_papers_multiply_adds()
    {
        var summary = ModelSummary.Of(ResNetOptions.ResNet50 with { BottleneckStride = StridePlacement.First1x1 });
        summary.MultiplyAdds.Should().BeInRange(3_800_000_000, 3_899_999_999);
    }

    [Fact]
    public void Groups_divide_the_multiply_adds_of_a_3x3()
    {
        var summary = ModelSummary.Of(ResNetOptions.ResNet50 with { Groups = 32, WidthPerGroup = 4 }, 64);
        summary.Layers.Single(layer => layer.Name == "layer1.0.conv2").MultiplyAdds.Should().Be(128L * 16 * 16 * 9 * 4);
    }

    [Fact]
    public void Layers_are_named_as_in_the_state_dictionary_and_stand_in_the_order_of_the_forward()
    {
        var summary = ModelSummary.Of(ResNetOptions.ResNet18 with { BlocksPerStage = [1, 1], ClassCount = 7 }, 64);

        summary.Layers.Select(layer => layer.Name).Should().Equal(
            "conv1", "bn1",
            "layer1.0.conv1", "layer1.0.bn1", "layer1.0.conv2", "layer1.0.bn2",
            "layer2.0.conv1", "layer2.0.bn1", "layer2.0.conv2", "layer2.0.bn2", "layer2.0.downsample.0", "layer2.0.downsample.1",
            "fc");
        summary.Layers[0].Should().Be(new LayerSummary("conv1", LayerKind.Convolution, new MapShape(64, 32, 32), 9408, 9408 * 1024, 4 * 65_536));
        summary.Layers[1].Should().Be(new LayerSummary("bn1", LayerKind.BatchNormalization, new MapShape(64, 32, 32), 128, 0, 4 * 65_536));
        summary.Layers[^1].Should().Be(new LayerSummary("fc", LayerKind.Linear, new MapShape(7, 1, 1), (128 * 7) + 7, 128 * 7, 28));
        summary.Layers.Sum(layer => layer.Parameters).Should().Be(summary.Parameters);
    }

    [Fact]
    public void A_pre_activation_network_lists_its_last_normalisation()
    {
        var summary = ModelSummary.Of(ResNetOptions.Cifar(20) with { PreActivation = true }, 32);
        summary.Layers.Select(layer => layer.Name).TakeLast(2).Should().Equal("norm", "fc");
    }

    [Fact]
    public void Measuring_leaves_flags_statistics_and_the_generator_as_they_were()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ResNetModel.CifarResNet(20);
        model.named_modules().Single(child => child.name == "layer2").module.eval();
        var flags = model.named_modules().Select(child => child.module.training).ToList();
        var statistics = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var generator = torch.get_rng_state();

        ModelSummary.Of(model, 32);
        ModelSummary.Of(ResNetOptions.Cifar(20), 32);

        model.training.Should().BeTrue();
        flags.Should().Contain(true).And.Contain(false);
        model.named_modules().Select(child => child.module.training).Should().Equal(flags);
        model.state_dict().Should().OnlyContain(pair => torch.all(pair.Value == statistics[pair.Key]).item<bool>());
        torch.all(torch.get_rng_state() == generator).item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Measuring_leaves_no_tensors_and_no_hooks()
    {
        using var model = ResNetModel.CifarResNet(20);
        var first = ModelSummary.Of(model, 32);
        LiveTensors.ShouldBeLeftBy(() => ModelSummary.Of(model, 32), 0);
        LiveTensors.ShouldBeLeftBy(() => ModelSummary.Of(ResNetOptions.Cifar(20), 32), 0);
        first.Layers.Should().HaveCount(39, "a hook that stayed would have added to the first result");
    }

    [Fact]
    public void An_input_without_pixels_is_refused()
    {
        FluentActions.Invoking(() => ModelSummary.Of(ResNetOptions.Cifar(20), 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("inputHeight");
        FluentActions.Invoking(() => ModelSummary.Of(ResNetOptions.Cifar(20), 32, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("inputWidth");
    }
}
