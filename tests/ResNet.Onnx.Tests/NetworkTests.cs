using TorchSharp;

namespace ResNet.Onnx.Tests;

/// <summary>ONNX Runtime answers as the network does, whatever the network.</summary>
public sealed class NetworkTests
{
    private static readonly Dictionary<string, ResNetOptions> Networks = new()
    {
        ["resnet18"] = ResNetOptions.ResNet18,
        ["resnet34"] = ResNetOptions.ResNet34,
        ["resnet50"] = ResNetOptions.ResNet50,
        ["resnet101"] = ResNetOptions.ResNet101,
        ["resnet152"] = ResNetOptions.ResNet152,
        ["resnet34-a"] = ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.A, ClassCount = 3 },
        ["resnet34-a, zeros on both sides"] = ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.A, ZeroPadding = ZeroPadding.Both, ClassCount = 1 },
        ["resnet34-c"] = ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.C, ClassCount = 2 },
        ["resnet50-a"] = ResNetOptions.ResNet50 with { Shortcut = ShortcutOption.A },
        ["resnet50, first strides"] = ResNetOptions.ResNet50 with { BottleneckStride = StridePlacement.First1x1 },
        ["plain-18"] = ResNetOptions.ResNet18 with { Residual = false, ClassCount = 10 },
        ["resnet18-preact"] = ResNetOptions.ResNet18 with { PreActivation = true, ClassCount = 10 },
        ["resnet50-preact"] = ResNetOptions.ResNet50 with { PreActivation = true, BottleneckStride = StridePlacement.First1x1 },
        ["resnext50"] = ResNetOptions.ResNeXt50_32x4d,
        ["wide-resnet50"] = ResNetOptions.WideResNet50_2,
        ["grey"] = ResNetOptions.ResNet18 with { InputChannels = 1, ClassCount = 5 },
        ["cifar20"] = ResNetOptions.Cifar(20),
        ["cifar56-b"] = ResNetOptions.Cifar(56) with { Shortcut = ShortcutOption.B },
        ["cifar110"] = ResNetOptions.Cifar(110),
        ["cifar164-preact"] = ResNetOptions.Cifar(164, BlockKind.Bottleneck) with { PreActivation = true },
        ["cifar20-preact"] = ResNetOptions.Cifar(20) with { PreActivation = true, ZeroPadding = ZeroPadding.Both },
        ["plain-cifar20"] = ResNetOptions.Cifar(20) with { Residual = false },
    };

    private static readonly string[] Unfolded =
        ["resnet18", "resnet50", "resnet34-a, zeros on both sides", "plain-18", "resnet50-preact", "resnext50", "cifar20-preact"];

    public static IEnumerable<object[]> Cases => [.. Networks.Keys.Select(name => new object[] { name, true }), .. Unfolded.Select(name => new object[] { name, false })];

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_file_answers_for_any_batch_and_size(string name, bool fold)
    {
        using var scope = torch.NewDisposeScope();
        using var model = FilledModel.Create(Networks[name]);
        using var answer = new OnnxAnswer(model.Export(new OnnxExportOptions { FoldNormalization = fold }));

        answer.ShouldAnswerAs(model, FilledModel.Images(1, model.Options.InputChannels, 64, 64));
        answer.ShouldAnswerAs(model, FilledModel.Images(3, model.Options.InputChannels, 71, 45));
    }

    [Fact]
    public void A_network_in_training_of_another_precision_is_written_as_it_answers_in_evaluation()
    {
        using var scope = torch.NewDisposeScope();
        using var model = FilledModel.Create(FilledModel.Small);
        var images = FilledModel.Images();
        byte[] expected = model.Export();
        model.train();

        model.Export().Should().Equal(expected);
        model.training.Should().BeTrue();
        model.to(torch.ScalarType.Float64);
        model.Export().Should().Equal(expected);
    }

    [SkippableFact]
    public void A_network_on_a_GPU_is_written_as_on_the_CPU()
    {
        Skip.IfNot(torch.cuda.is_available(), "needs a CUDA device");
        using var model = FilledModel.Create(FilledModel.Small);
        byte[] expected = model.Export();
        model.to(torch.CUDA);

        model.Export().Should().Equal(expected);
    }

    [Fact]
    public void Writing_leaves_no_tensor()
    {
        using var model = FilledModel.Create(FilledModel.Small);
        model.Export();
        LiveTensors.ShouldBeLeftBy(() => model.Export(), 0);
    }

    [Fact]
    public void A_network_that_is_disposed_is_refused()
    {
        var model = FilledModel.Create(FilledModel.Small);
        model.Dispose();
        FluentActions.Invoking(() => model.Export()).Should().Throw<InvalidOperationException>().WithMessage("*is disposed*");
    }
}
