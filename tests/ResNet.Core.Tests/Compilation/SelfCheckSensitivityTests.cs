using ResNet.Compilation;
using ResNet.Graph;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

/// <summary>Wrong kernels are found whatever the weights are, at every size of image and batch, and what was found in one environment does not count in another.</summary>
public sealed class SelfCheckSensitivityTests : IDisposable
{
    private static readonly ResNetOptions ZeroInit = CompiledNetworks.Kinds["bottleneck"] with { ZeroInitResidual = true };
    private static readonly CompileOptions Quick = new() { RemembersCheck = false, CheckHeight = 40, CheckWidth = 40 };

    private readonly TemporaryFolder _folder = new();
    private readonly string? _oldCache = Environment.GetEnvironmentVariable("RESNET_CACHE");

    public SelfCheckSensitivityTests() => Environment.SetEnvironmentVariable("RESNET_CACHE", _folder.Root);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("RESNET_CACHE", _oldCache);
        _folder.Dispose();
    }

    [SkippableTheory]
    [InlineData("layer1.0.conv1", CompilePrecision.Float32)]
    [InlineData("layer1.1.conv3", CompilePrecision.Float32)]
    [InlineData("layer2.0.conv2", CompilePrecision.BFloat16)]
    [InlineData("layer2.0.conv3", CompilePrecision.BFloat16)]
    public void A_wrong_kernel_in_a_branch_of_scale_zero_is_found(string layer, CompilePrecision precision)
    {
        SkipWithoutKernels(precision);
        using var model = Fresh(ZeroInit);
        var graph = model.Graph().Folded();

        var verdict = Judge(model, graph, precision, graph => Fused(Damaged(graph, layer), precision));

        verdict.Fault.Should().MatchRegex($"^logits with weights in place of those that are zero differ by [0-9.]+ of their root mean square; the first wrong layer is {layer}, off by [0-9.]+$");
    }

    [SkippableTheory]
    [InlineData(CompilePrecision.Float32)]
    [InlineData(CompilePrecision.BFloat16)]
    public void Right_kernels_pass_on_a_network_whose_branches_have_scale_zero(CompilePrecision precision)
    {
        SkipWithoutKernels(precision);
        foreach (var options in (ResNetOptions[])[ZeroInit, ResNetOptions.ResNet18 with { ZeroInitResidual = true }, ResNetOptions.Cifar(110) with { ZeroInitResidual = true }])
        {
            using var model = Fresh(options);

            Judge(model, model.Graph().Folded(), precision, graph => Fused(graph, precision)).Fault.Should().BeNull();
        }
    }

    [Theory]
    [InlineData(2, 40, 40, "")]
    [InlineData(1, 40, 40, "")]
    [InlineData(1, 25, 31, " of an image of odd size")]
    public void An_engine_that_is_wrong_at_one_size_of_image_or_batch_only_is_found(int count, int height, int width, string where)
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        var graph = model.Graph().Folded();

        var verdict = Judge(model, graph, CompilePrecision.Float32, graph => new WrongAtOneSize(new TorchEngine(graph, torch.CPU, torch.float32), [count, 3, height, width]));

        verdict.Fault.Should().Be($"logits{where} differ by 0.1 of their root mean square");
    }

    [Fact]
    public void An_engine_that_throws_is_not_taken()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);

        var verdict = Judge(model, model.Graph().Folded(), CompilePrecision.BFloat16, graph => new WrongAtOneSize(new TorchEngine(graph, torch.CPU, torch.float32), [2, 3, 40, 40], throws: true));

        verdict.Fault.Should().Be("it fails with 'shape '[7]' is invalid for input of size 9600'");
    }

    [Theory]
    [InlineData("ONEDNN_MAX_CPU_ISA", "AVX2")]
    [InlineData("DNNL_MAX_CPU_ISA", "SSE41")]
    [InlineData("ONEDNN_DEFAULT_FPMATH_MODE", "BF16")]
    [InlineData("MKL_ENABLE_INSTRUCTIONS", "AVX2")]
    [InlineData("ATEN_CPU_CAPABILITY", "default")]
    [InlineData("DOTNET_EnableAVX512F", "0")]
    public void A_check_is_not_remembered_where_a_variable_chooses_other_kernels(string variable, string value)
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        var options = Quick with { RemembersCheck = true };
        string? old = Environment.GetEnvironmentVariable(variable);
        Report(model, options).IsRemembered.Should().BeFalse();
        try
        {
            Environment.SetEnvironmentVariable(variable, value);

            Report(model, options).IsRemembered.Should().BeFalse();
            Report(model, options).IsRemembered.Should().BeTrue();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, old);
        }

        Report(model, options).IsRemembered.Should().BeTrue();
    }

    [Fact]
    public void A_check_is_not_remembered_for_another_number_of_torchs_threads_or_another_arithmetic()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        var options = Quick with { RemembersCheck = true, ThreadCount = 1 };
        int threads = torch.get_num_threads();
        Report(model, options).IsRemembered.Should().BeFalse();
        try
        {
            torch.set_num_threads(threads + 1);
            Report(model, options).IsRemembered.Should().BeFalse();
        }
        finally
        {
            torch.set_num_threads(threads);
        }

        Report(model, options).IsRemembered.Should().BeTrue();
    }

    [Fact]
    public void Ordinary_networks_need_no_copy_and_groups_of_weak_outputs_alone_are_redrawn()
    {
        foreach (var options in CompiledNetworks.Kinds.Values)
        {
            using var model = Fresh(options);
            SensitiveGraph.Of(model.Graph().Folded()).Should().BeNull();
        }

        using var changed = Fresh(ResNetOptions.Cifar(8));
        using (torch.no_grad())
        {
            changed.state_dict()["layer2.0.conv1.weight"].narrow(0, 16, 16).zero_();
            changed.state_dict()["layer2.0.conv2.weight"].narrow(0, 0, 5).zero_();
        }

        var folded = changed.Graph().Folded();
        var sensitive = SensitiveGraph.Of(folded)!;

        sensitive.Nodes.Zip(folded.Nodes).Where(pair => !ReferenceEquals(pair.First, pair.Second)).Select(pair => pair.First.Name).Should().Equal("layer2.0.conv1");
        float[] weights = Weights(sensitive), before = Weights(folded);
        weights[..(16 * 16 * 9)].Should().Equal(before[..(16 * 16 * 9)]);
        weights[(16 * 16 * 9)..].Should().NotContain(0);
    }

    private static float[] Weights(NetworkGraph graph) => ((ConvolutionNode)graph.Nodes.Single(node => node.Name == "layer2.0.conv1")).Weights.ToArray();

    private static CheckVerdict Judge(ResNetModel model, NetworkGraph graph, CompilePrecision precision, Func<NetworkGraph, InferenceEngine> build)
    {
        using var engine = build(graph);
        using var check = new SelfCheck(graph, torch.CPU, Quick, images =>
        {
            using var inference = torch.inference_mode();
            return model.call(images);
        });
        return check.Judge(engine, CompiledEngine.Fused, precision, threadCount: 2, build);
    }

    private static FusedEngine Fused(NetworkGraph graph, CompilePrecision precision) => new(
        NetworkFuser.Fuse(graph, precision == CompilePrecision.Float32 ? NumberKind.Float32 : NumberKind.BFloat16), graph.Options.ClassCount, channels: 3, ComputeTeam.Of(2));

    /// <summary>As a kernel that goes wrong: what it makes of weights that are zero is right.</summary>
    private static NetworkGraph Damaged(NetworkGraph graph, string layer) =>
        new(graph.Options, [.. graph.Nodes.Select(node => node is ConvolutionNode convolution && node.Name == layer ? Damaged(convolution) : node)]);

    private static ConvolutionNode Damaged(ConvolutionNode node)
    {
        float[] weights = [.. node.Weights.ToArray()];
        for (int i = 0; i < weights.Length / 2; i++)
        {
            weights[i] *= -3;
        }

        return node with { Weights = weights };
    }

    private static ResNetModel Fresh(ResNetOptions options)
    {
        torch.random.manual_seed(7);
        var model = new ResNetModel(options);
        model.eval();
        return model;
    }

    private static void SkipWithoutKernels(CompilePrecision precision) =>
        Skip.IfNot(BlockProduct.Has(precision == CompilePrecision.Float32 ? NumberKind.Float32 : NumberKind.BFloat16), "The fused engine is not there.");

    private static CompileReport Report(ResNetModel model, CompileOptions options)
    {
        using var compiled = model.Compile(options);
        return compiled.Report;
    }
}
