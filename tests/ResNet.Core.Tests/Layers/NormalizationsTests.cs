using ResNet.Layers;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Core.Tests.Layers;

public sealed class NormalizationsTests
{
    public static TheoryData<string> Networks => new("basic", "bottleneck", "pre-activation", "pre-activation bottleneck");

    [Theory]
    [MemberData(nameof(Networks))]
    public void One_value_a_channel_is_refused_in_training_as_PyTorch_refuses_it(string name)
    {
        using var model = Network(name);
        using var image = torch.randn(1, 3, 32, 32);

        model.Invoking(network => network.call(image)).Should().Throw<InvalidOperationException>()
            .WithMessage("Expected more than 1 value per channel when training, got input size ?1, 32, 1, 1?. Give the network two images or more at once, or larger ones, or call eval().");

        FiniteValues.FirstBroken(model).Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Two_values_a_channel_and_one_in_evaluation_mode_are_enough(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Network(name);

        model.call(torch.randn(2, 3, 32, 32));
        model.call(torch.randn(1, 3, 33, 32));
        model.eval();
        var logits = model.call(torch.randn(1, 3, 32, 32));

        FiniteValues.FirstBroken(model).Should().BeNull();
        FiniteValues.FirstBroken(logits).Should().BeNull();
    }

    [Theory]
    [InlineData(1, 32, 32, true)]
    [InlineData(2, 32, 32, false)]
    [InlineData(1, 33, 32, false)]
    [InlineData(1, 32, 33, false)]
    [InlineData(1, 1, 1, true)]
    public void What_the_last_layer_would_see_is_known_from_the_options(long count, long height, long width, bool one) =>
        Normalizations.SeesOneValue(ResNetOptions.ResNet18, count, height, width).Should().Be(one);

    private static ResNetModel Network(string name)
    {
        bool isBottleneck = name.EndsWith("bottleneck", StringComparison.Ordinal);
        var options = (isBottleneck ? ResNetOptions.ResNet50 : ResNetOptions.ResNet18) with { BlocksPerStage = [1, 1, 1, 1], BaseWidth = 4, ClassCount = 3 };
        return new ResNetModel(options with { PreActivation = name.StartsWith("pre", StringComparison.Ordinal) });
    }
}
