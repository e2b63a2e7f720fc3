using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

/// <summary>Networks of every kind, small, with numbers in their normalisations that no fresh network has.</summary>
internal static class CompiledNetworks
{
    private static readonly ResNetOptions Basic = ResNetOptions.ResNet18 with { BaseWidth = 16, BlocksPerStage = [1, 2, 1], ClassCount = 7 };
    private static readonly ResNetOptions Bottleneck = ResNetOptions.ResNet50 with { BaseWidth = 16, BlocksPerStage = [2, 1], ClassCount = 7 };

    public static IReadOnlyDictionary<string, ResNetOptions> Kinds { get; } = new Dictionary<string, ResNetOptions>
    {
        ["basic"] = Basic,
        ["A"] = Basic with { Shortcut = ShortcutOption.A },
        ["A, zeros on both sides"] = Basic with { Shortcut = ShortcutOption.A, ZeroPadding = ZeroPadding.Both },
        ["C"] = Basic with { Shortcut = ShortcutOption.C },
        ["plain"] = Basic with { Residual = false },
        ["narrow"] = Basic with { BaseWidth = 6, ClassCount = 3 },
        ["wide"] = Basic with { BaseWidth = 72, BlocksPerStage = [1, 1] },
        ["pre-activation"] = Basic with { PreActivation = true },
        ["pre-activation, CIFAR stem, A"] = Basic with { PreActivation = true, Stem = StemKind.Cifar, Shortcut = ShortcutOption.A },
        ["plain pre-activation"] = Basic with { PreActivation = true, Residual = false },
        ["bottleneck"] = Bottleneck,
        ["bottleneck, first strides"] = Bottleneck with { BottleneckStride = StridePlacement.First1x1 },
        ["groups"] = Bottleneck with { Groups = 8, WidthPerGroup = 16 },
        ["many groups"] = Bottleneck with { Groups = 32, WidthPerGroup = 4, BaseWidth = 64 },
        ["pre-activation bottleneck"] = Bottleneck with { PreActivation = true, BottleneckStride = StridePlacement.First1x1, Shortcut = ShortcutOption.C },
        ["one channel"] = ResNetOptions.Cifar(8) with { InputChannels = 1 },
        ["four channels"] = ResNetOptions.Cifar(8) with { InputChannels = 4, Shortcut = ShortcutOption.B },
        ["CIFAR ResNet-20"] = ResNetOptions.Cifar(20),
        ["ResNet-18"] = ResNetOptions.ResNet18 with { ClassCount = 10 },
    };

    /// <summary>A model in evaluation mode; the caller disposes it.</summary>
    public static ResNetModel Build(ResNetOptions options)
    {
        torch.random.manual_seed(7);
        var model = new ResNetModel(options);
        model.eval();
        using var none = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (name, value) in model.state_dict())
        {
            if (name.EndsWith("running_var", StringComparison.Ordinal))
            {
                value.uniform_(0.5, 2);
            }
            else if (name.EndsWith("running_mean", StringComparison.Ordinal) || (value.dim() == 1 && name.EndsWith("bias", StringComparison.Ordinal)))
            {
                value.uniform_(-0.3, 0.3);
            }
            else if (value.dim() == 1 && name.EndsWith("weight", StringComparison.Ordinal))
            {
                value.uniform_(0.6, 1.2);
            }
        }

        return model;
    }

    /// <summary>Pictures of any size; the caller disposes them.</summary>
    public static Tensor Pictures(ResNetOptions options, int count, int height, int width)
    {
        torch.random.manual_seed(3);
        return torch.randn(count, options.InputChannels, height, width);
    }

    /// <summary>The same as an array.</summary>
    public static float[] Numbers(ResNetOptions options, int count, int height, int width)
    {
        using var pictures = Pictures(options, count, height, width);
        return pictures.data<float>().ToArray();
    }

    /// <summary>The network on the fused engine, not checked; the caller disposes it. Skips the test where that engine is not there in the precision.</summary>
    public static CompiledResNet Fused(ResNetModel model, CompilePrecision precision = CompilePrecision.Float32, int? threadCount = null)
    {
        var compiled = model.Compile(new CompileOptions { Precision = precision, ThreadCount = threadCount, SelfCheck = false });
        Skip.If(compiled.Report.Engine != CompiledEngine.Fused || compiled.Report.Precision != precision, compiled.Report.ToString());
        return compiled;
    }
}
