using TorchSharp;
using TorchSharp.Modules;

namespace ResNet.Training.Tests;

public sealed class BackboneFreezingTests
{
    [Fact]
    public void Only_the_classifier_takes_gradients_and_no_statistic_moves()
    {
        using var model = TinyNetwork.Build(3);
        var freezing = new BackboneFreezing(model);
        freezing.Freeze();
        model.train();
        freezing.EnterTrainingMode();
        byte[] buffers = Buffers(model);

        Step(model);

        Buffers(model).Should().Equal(buffers);
        GradientNames(model).Should().Equal("fc.bias", "fc.weight");
    }

    [Fact]
    public void A_thawed_backbone_learns_and_normalises_by_its_batch_again()
    {
        using var model = TinyNetwork.Build(3);
        var freezing = new BackboneFreezing(model);
        freezing.Freeze();

        freezing.Unfreeze();

        byte[] buffers = Buffers(model);
        Step(model);
        Buffers(model).Should().NotEqual(buffers);
        GradientNames(model).Should().HaveCount(model.parameters().Count());
    }

    [Fact]
    public void A_parameter_that_its_owner_froze_stays_frozen()
    {
        using var model = TinyNetwork.Build(3);
        Parameter own = model.named_parameters().First().parameter;
        own.requires_grad = false;
        var freezing = new BackboneFreezing(model);

        freezing.Freeze();
        freezing.Unfreeze();

        own.requires_grad.Should().BeFalse();
        model.parameters().Count(parameter => !parameter.requires_grad).Should().Be(1);
    }

    [Fact]
    public void Freezing_twice_is_undone_by_one_thaw()
    {
        using var model = TinyNetwork.Build(3);
        var freezing = new BackboneFreezing(model);

        freezing.Freeze();
        freezing.Freeze();
        freezing.Unfreeze();

        model.parameters().Should().OnlyContain(parameter => parameter.requires_grad);
        model.modules().Should().OnlyContain(module => module.training);
    }

    private static void Step(ResNetModel model)
    {
        using var scope = torch.NewDisposeScope();
        model.call(torch.randn(4, 3, 32, 32)).sum().backward();
    }

    private static byte[] Buffers(ResNetModel model) => [.. model.named_buffers().SelectMany(entry => entry.buffer.bytes.ToArray())];

    private static List<string> GradientNames(ResNetModel model) =>
        [.. model.named_parameters().Where(entry => entry.parameter.grad is not null).Select(entry => entry.name).Order(StringComparer.Ordinal)];
}
