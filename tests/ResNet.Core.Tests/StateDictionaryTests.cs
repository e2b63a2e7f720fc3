using TorchSharp;

namespace ResNet.Core.Tests;

public sealed class StateDictionaryTests
{
    public static TheoryData<string, int> Networks { get; } = new()
    {
        { "resnet18", 122 }, { "resnet34", 218 }, { "resnet50", 320 }, { "resnet101", 626 }, { "resnet152", 932 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Names_shapes_and_order_are_torchvisions(string name, int count)
    {
        var options = OracleNetworks.Options(name, 1000);
        using var model = new ResNetModel(options);

        var keys = TorchvisionKeys.Of(model);

        keys.Should().Equal(TorchvisionKeys.Of(options.Block == BlockKind.Bottleneck, [.. options.BlocksPerStage]));
        keys.Should().HaveCount(count);
    }

    [Fact]
    public void Everything_is_Float32_but_the_batch_counters_which_are_Int64()
    {
        using var model = ResNetModel.ResNet50();
        foreach (var (name, tensor) in model.state_dict())
        {
            bool counter = name.EndsWith("num_batches_tracked", StringComparison.Ordinal);
            tensor.dtype.Should().Be(counter ? torch.ScalarType.Int64 : torch.ScalarType.Float32, name);
        }
    }

    [Fact]
    public void Option_C_projects_in_every_block()
    {
        using var model = new ResNetModel(ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.C });
        TorchvisionKeys.Of(model).Should().Equal(TorchvisionKeys.Of(bottleneck: false, [3, 4, 6, 3], projectEverywhere: true));
    }

    [Fact]
    public void Option_A_and_plain_networks_have_no_projections()
    {
        using var zeroPadded = new ResNetModel(ResNetOptions.ResNet18 with { Shortcut = ShortcutOption.A });
        using var plain = new ResNetModel(ResNetOptions.ResNet18 with { Residual = false });

        var expected = TorchvisionKeys.Of(bottleneck: false, [2, 2, 2, 2]).FindAll(key => !key.Name.Contains("downsample"));
        TorchvisionKeys.Of(zeroPadded).Should().Equal(expected);
        TorchvisionKeys.Of(plain).Should().Equal(expected);
    }

    [Fact]
    public void Pre_activation_projections_are_bare_and_a_last_norm_stands_before_the_classifier()
    {
        using var model = new ResNetModel(ResNetOptions.ResNet18 with { PreActivation = true });

        var names = model.state_dict().Keys.ToList();

        names.Should().Contain("layer2.0.downsample.0.weight").And.Contain("norm.running_var").And.Contain("bn1.weight");
        names.Should().NotContain(name => name.Contains("downsample.1"));
        names.Should().NotContain(name => name.StartsWith("layer1.0.bn1"), "the stem has normalised already");
        names.Should().Contain("layer1.1.bn1.weight").And.Contain("layer2.0.bn1.weight");
        model.state_dict()["layer2.0.bn1.weight"].shape.Should().Equal([64], "it normalises the block's input");
    }

    [Fact]
    public void A_pre_activation_CIFAR_stem_is_a_bare_convolution()
    {
        using var model = new ResNetModel(ResNetOptions.Cifar(20) with { PreActivation = true });
        model.state_dict().Keys.Should().NotContain("bn1.weight").And.Contain("layer1.0.bn1.weight");
    }
}
