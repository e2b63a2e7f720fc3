using TorchSharp;

namespace ResNet.Core.Tests.Blocks;

public sealed class InitializationTests
{
    [Theory]
    [InlineData(Initialization.Paper)]
    [InlineData(Initialization.Torchvision)]
    public void Convolutions_are_normal_with_a_deviation_of_root_2_over_fan_out(Initialization initialization)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(ResNetOptions.ResNet50 with { Initialization = initialization });
        foreach (var (name, weight) in model.named_parameters().Where(p => p.parameter.dim() == 4).Select(p => (p.name, p.parameter)))
        {
            double expected = Math.Sqrt(2.0 / (weight.shape[0] * weight.shape[2] * weight.shape[3]));
            (weight.std().item<float>() / expected).Should().BeApproximately(1, 0.05, name);
            (weight.abs().max().item<float>() / expected).Should().BeGreaterThan(2.5, $"{name} is normal, not uniform");
        }
    }

    [Fact]
    public void The_papers_classifier_is_drawn_as_the_convolutions_and_has_no_bias_at_first()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ResNetModel.ResNet18();
        var state = model.state_dict();
        (state["fc.weight"].std().item<float>() / Math.Sqrt(2.0 / 1000)).Should().BeApproximately(1, 0.02);
        state["fc.bias"].abs().max().item<float>().Should().Be(0);
    }

    [Fact]
    public void Torchvisions_classifier_is_uniform_within_one_over_root_in()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(ResNetOptions.ResNet18 with { Initialization = Initialization.Torchvision });
        double bound = 1 / Math.Sqrt(512);
        foreach (string name in new[] { "fc.weight", "fc.bias" })
        {
            var values = model.state_dict()[name];
            values.abs().max().item<float>().Should().BeInRange((float)(0.98 * bound), (float)(1.0001 * bound), name);
            (values.std().item<float>() / (bound / Math.Sqrt(3))).Should().BeApproximately(1, 0.1, name);
        }
    }

    [Fact]
    public void Batch_normalisation_starts_at_scale_1_and_shift_0()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ResNetModel.ResNet18();
        var state = model.state_dict();
        state.Where(pair => pair.Key.Contains("bn") && pair.Key.EndsWith(".weight", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(pair => torch.all(pair.Value == 1).item<bool>());
        state.Where(pair => pair.Key.Contains("bn") && pair.Key.EndsWith(".bias", StringComparison.Ordinal))
            .Should().NotBeEmpty().And.OnlyContain(pair => torch.all(pair.Value == 0).item<bool>());
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Seeded(5);
        using var again = Seeded(5);
        using var other = Seeded(6);
        SameWeights(first, again).Should().BeTrue();
        SameWeights(first, other).Should().BeFalse();
    }

    [Theory]
    [InlineData(BlockKind.Basic)]
    [InlineData(BlockKind.Bottleneck)]
    public void With_zero_init_every_block_starts_as_its_shortcut(BlockKind block)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(new ResNetOptions { Block = block, BlocksPerStage = [2], BaseWidth = 8, Shortcut = ShortcutOption.A, ZeroInitResidual = true });
        using var same = new ResNetModel(new ResNetOptions { Block = block, BlocksPerStage = [1], BaseWidth = 8, Shortcut = ShortcutOption.A, ZeroInitResidual = true });
        same.load_state_dict(model.state_dict().Where(pair => !pair.Key.StartsWith("layer1.1", StringComparison.Ordinal)).ToDictionary());
        var images = torch.randn(2, 3, 32, 32);

        var features = model.ForwardFeatures(images);

        (features - same.ForwardFeatures(images)).abs().max().item<float>().Should().Be(0, "the second block does nothing");
        features.abs().max().item<float>().Should().BePositive();
    }

    [Fact]
    public void Zero_init_leaves_the_stem_and_the_projections_alone()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(ResNetOptions.ResNet50 with { ZeroInitResidual = true });
        var zero = model.named_parameters().Where(p => p.name.EndsWith(".weight", StringComparison.Ordinal) && torch.all(p.parameter == 0).item<bool>()).Select(p => p.name).ToList();
        zero.Should().HaveCount(16).And.OnlyContain(name => name.StartsWith("layer") && name.EndsWith("bn3.weight"));
    }

    private static ResNetModel Seeded(long seed)
    {
        torch.manual_seed(seed).Dispose();
        return ResNetModel.CifarResNet(20);
    }

    private static bool SameWeights(ResNetModel a, ResNetModel b)
    {
        var other = b.state_dict();
        return a.state_dict().All(pair => torch.all(pair.Value == other[pair.Key]).item<bool>());
    }
}
