using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Core.Tests;

public sealed class ReplaceClassifierTests
{
    [Fact]
    public void The_new_classifier_stands_under_the_old_keys()
    {
        using var model = ResNetModel.CifarResNet(20);
        var keys = model.state_dict().Keys.ToList();

        model.ReplaceClassifier(37);

        model.state_dict().Keys.Should().BeEquivalentTo(keys);
        model.state_dict()["fc.weight"].shape.Should().Equal([37, 64]);
        model.named_parameters().Count(p => p.name == "fc.weight").Should().Be(1);
        model.Options.Should().Be(ResNetOptions.Cifar(20) with { ClassCount = 37 });
        using var images = torch.randn(2, 3, 32, 32);
        using var logits = model.call(images);
        logits.shape.Should().Equal([2, 37]);
    }

    [Fact]
    public void The_old_classifier_is_disposed_and_nothing_is_left()
    {
        using var model = ResNetModel.CifarResNet(20);
        var old = model.named_parameters().Single(p => p.name == "fc.weight").parameter;

        LiveTensors.ShouldBeLeftBy(() => model.ReplaceClassifier(37), 0, "two tensors went and two came");

        old.IsInvalid.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Type_and_training_flag_are_kept(bool training)
    {
        using var model = ResNetModel.CifarResNet(20);
        model.to(torch.float64);
        model.train(training);

        model.ReplaceClassifier(3);

        model.state_dict()["fc.weight"].dtype.Should().Be(torch.float64);
        model.named_modules().Single(child => child.name == "fc").module.training.Should().Be(training);
    }

    [Fact]
    public void A_network_with_a_new_classifier_trains_and_moves_to_another_type_with_it()
    {
        using var scope = torch.NewDisposeScope();
        using var model = ResNetModel.CifarResNet(20);
        model.ReplaceClassifier(3);
        using var optimizer = torch.optim.SGD(model.parameters(), 0.1);
        var before = model.state_dict()["fc.weight"].clone();

        functional.cross_entropy(model.call(torch.randn(2, 3, 32, 32)), torch.tensor(new long[] { 0, 2 })).backward();
        optimizer.step();

        (model.state_dict()["fc.weight"] - before).abs().max().item<float>().Should().BePositive();
        model.to(torch.float64);
        model.call(torch.randn([2, 3, 32, 32], torch.float64)).dtype.Should().Be(torch.float64);
    }

    [Fact]
    public void A_classifier_replaced_inside_a_dispose_scope_outlives_it_and_is_drawn_as_the_options_say()
    {
        using var model = ResNetModel.CifarResNet(20);
        using (torch.NewDisposeScope())
        {
            model.ReplaceClassifier(500);
        }

        using var scope = torch.NewDisposeScope();
        var state = model.state_dict();
        (state["fc.weight"].std().item<float>() / Math.Sqrt(2.0 / 500)).Should().BeApproximately(1, 0.03);
        state["fc.bias"].abs().max().item<float>().Should().Be(0);
    }

    [Fact]
    public void A_class_count_of_0_is_refused_and_changes_nothing()
    {
        using var model = ResNetModel.CifarResNet(20);
        FluentActions.Invoking(() => model.ReplaceClassifier(0)).Should().Throw<InvalidOptionsException>()
            .WithMessage("ResNetOptions: 1 fault.\n- ClassCount is 0; it must be 1 or more.");
        model.Options.Should().Be(ResNetOptions.Cifar(20));
        model.state_dict()["fc.weight"].shape.Should().Equal([10, 64]);
    }
}
