using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Training.Tests;

public sealed class ComputePathSelectorTests
{
    [Fact]
    public void Float32_is_the_reference()
    {
        using var model = Network();

        var path = Choose(model, Precision.Float32);

        (path.ChannelsLast, path.BFloat16).Should().Be((false, false));
        path.Reason.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData(Precision.Auto)]
    [InlineData(Precision.BFloat16)]
    public void Nothing_is_different_afterwards(Precision precision)
    {
        using var scope = torch.NewDisposeScope();
        using var model = Network();
        model.eval();
        var before = model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var generator = torch.get_rng_state();

        Choose(model, precision);

        model.state_dict().Should().OnlyContain(pair => Equal(pair.Value, before[pair.Key]));
        Equal(torch.get_rng_state(), generator).Should().BeTrue();
        model.parameters().Should().AllSatisfy(parameter => parameter.grad.Should().BeNull());
        model.training.Should().BeFalse();
    }

    [Fact]
    public void A_network_that_would_see_one_value_a_channel_is_tried_on_two_images()
    {
        using var model = new ResNetModel(ResNetOptions.ResNet18 with { BlocksPerStage = [1, 1, 1, 1], BaseWidth = 4, ClassCount = 3 });

        FluentActions.Invoking(() => ComputePathSelector.Choose(model, Precision.Auto, 1, 32, 32, torch.CPU, default)).Should().NotThrow();

        TinyNetwork.IsFinite(model).Should().BeTrue();
    }

    [Fact]
    public void No_tensor_is_left()
    {
        using var model = Network();
        LiveTensors.ShouldBeLeftBy(() => Choose(model, Precision.Auto), 0);
    }

    [Fact]
    public void BFloat16_is_right_where_it_is_asked_for()
    {
        using var model = Network();

        var path = Choose(model, Precision.BFloat16);

        path.BFloat16.Should().BeTrue();
        path.Reason.Should().StartWith("BFloat16 was asked for: bfloat16, channels ");
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var model = Network();
        Action choose = () => ComputePathSelector.Choose(model, Precision.Auto, 4, 16, 16, torch.CPU, new CancellationToken(canceled: true));
        choose.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void A_network_that_computes_something_else_in_another_layout_is_found_out()
    {
        using var model = Network();
        ComputePath first = new() { ChannelsLast = false, BFloat16 = false, Reason = string.Empty };
        var last = first with { ChannelsLast = true };
        using var trial = new ComputePathTrial(model, 4, 16, 16, torch.CPU);
        trial.RunReference(first);
        ComputePathDecision.IsRight(trial.Compare(last)).Should().BeTrue();
        var layer = (torch.nn.Module<Tensor, Tensor>)model.named_modules().Single(module => module.name == "layer2.0.conv2").module;

        // What a wrong kernel does: one map that is a little off.
        layer.register_forward_hook((_, _, output) => output.stride(1) == 1 ? output * 0.9 + 0.1 * output.roll(1, 1) : output);

        ComputePathDecision.IsRight(trial.Compare(last)).Should().BeFalse();
    }

    [Theory]
    [InlineData("layer1.0.conv1")]
    [InlineData("layer2.0.conv2")]
    public void A_wrong_kernel_is_found_out_in_a_branch_whose_scale_is_zero(string name)
    {
        using var model = new ResNetModel(ResNetOptions.Cifar(8) with { BaseWidth = 16, ZeroInitResidual = true });
        ComputePath first = new() { ChannelsLast = false, BFloat16 = false, Reason = string.Empty };
        var last = first with { ChannelsLast = true };
        using var trial = new ComputePathTrial(model, 4, 16, 16, torch.CPU);
        trial.RunReference(first);
        ComputePathDecision.IsRight(trial.Compare(last)).Should().BeTrue();
        var layer = (torch.nn.Module<Tensor, Tensor>)model.named_modules().Single(module => module.name == name).module;

        layer.register_forward_hook((_, _, output) => output.stride(1) == 1 ? output * 0.5 + 0.5 * output.roll(1, 1) : output);

        ComputePathDecision.IsRight(trial.Compare(last)).Should().BeFalse();
    }

    [SkippableFact]
    public void Where_bfloat16_throws_float32_is_taken_and_the_reason_says_so()
    {
        Skip.IfNot(Autocast.IsAvailable && TorchRuntime.Describe().CpuFeatures.Contains("AVX-512 BF16"), "The processor has no instructions for bfloat16.");
        using var model = Network();
        var layer = (torch.nn.Module<Tensor, Tensor>)model.named_modules().Single(module => module.name == "layer2.0.conv2").module;

        // As cuDNN does on GPUs without kernels for it: an error of libtorch's own.
        layer.register_forward_hook((_, _, output) => output.dtype == torch.bfloat16 ? output.view(7) : output);

        var path = Choose(model, Precision.Auto);

        (path.BFloat16, path.ChannelsLast).Should().Be((false, true));
        path.Reason.Should().Match(
            "float32, channels last: a check on this machine found it right. bfloat16, channels last fails on this machine ('shape '?7?' is invalid for input of size *'). bfloat16, channels first fails *.");
        model.parameters().Should().AllSatisfy(parameter => parameter.grad.Should().BeNull());
        FluentActions.Invoking(() => Choose(model, Precision.BFloat16)).Should().Throw<NotSupportedException>().WithMessage("bfloat16, channels last fails *Train with Precision.Float32, or with Auto.");
    }

    [SkippableFact]
    public void Rounding_to_bfloat16_in_fifty_layers_is_no_fault_and_a_wrong_kernel_is()
    {
        Skip.IfNot(Autocast.IsAvailable, "This libtorch does not let autocast be switched on.");
        torch.random.manual_seed(3);
        using var model = ResNetModel.ResNet50();
        ComputePath reference = new() { ChannelsLast = false, BFloat16 = false, Reason = string.Empty };
        var bfloat16 = new ComputePath { ChannelsLast = true, BFloat16 = true, Reason = string.Empty };
        using var trial = new ComputePathTrial(model, 4, 96, 96, torch.CPU);
        trial.RunReference(reference);
        ComputePathDecision.IsRight(trial.Compare(bfloat16)).Should().BeTrue();
        var layer = (torch.nn.Module<Tensor, Tensor>)model.named_modules().Single(module => module.name == "layer3.2.conv2").module;

        layer.register_forward_hook((_, _, output) => output.dtype == torch.bfloat16 ? output.roll(1, 1) : output);

        ComputePathDecision.IsRight(trial.Compare(bfloat16)).Should().BeFalse();
    }

    private static ComputePath Choose(ResNetModel model, Precision precision) =>
        ComputePathSelector.Choose(model, precision, 4, 16, 16, torch.CPU, CancellationToken.None);

    private static bool Equal(Tensor found, Tensor expected) => found.eq(expected).all().item<bool>();

    private static ResNetModel Network()
    {
        torch.random.manual_seed(3);
        return new ResNetModel(ResNetOptions.Cifar(8));
    }
}
