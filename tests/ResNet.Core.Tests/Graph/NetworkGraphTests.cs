using ResNet.Graph;
using TorchSharp;

namespace ResNet.Core.Tests.Graph;

public sealed class NetworkGraphTests
{
    private static readonly ResNetOptions Small = ResNetOptions.ResNet18 with { BaseWidth = 8, BlocksPerStage = [1, 2, 1], ClassCount = 7 };
    private static readonly ResNetOptions SmallBottleneck = ResNetOptions.ResNet50 with { BaseWidth = 8, BlocksPerStage = [2, 1], ClassCount = 7 };

    private static readonly Dictionary<string, ResNetOptions> Kinds = new()
    {
        ["basic"] = Small,
        ["A"] = Small with { Shortcut = ShortcutOption.A },
        ["A, zeros on both sides"] = Small with { Shortcut = ShortcutOption.A, ZeroPadding = ZeroPadding.Both },
        ["C"] = Small with { Shortcut = ShortcutOption.C },
        ["plain"] = Small with { Residual = false },
        ["pre-activation"] = Small with { PreActivation = true },
        ["pre-activation, CIFAR stem"] = Small with { PreActivation = true, Stem = StemKind.Cifar, Shortcut = ShortcutOption.A },
        ["plain pre-activation"] = Small with { PreActivation = true, Residual = false },
        ["bottleneck"] = SmallBottleneck,
        ["bottleneck, first strides"] = SmallBottleneck with { BottleneckStride = StridePlacement.First1x1 },
        ["bottleneck, A"] = SmallBottleneck with { Shortcut = ShortcutOption.A, ZeroPadding = ZeroPadding.Both },
        ["groups"] = SmallBottleneck with { Groups = 4, WidthPerGroup = 16 },
        ["pre-activation bottleneck"] = SmallBottleneck with { PreActivation = true, BottleneckStride = StridePlacement.First1x1, Shortcut = ShortcutOption.C },
        ["pre-activation bottleneck, CIFAR stem"] = SmallBottleneck with { PreActivation = true, Stem = StemKind.Cifar, InputChannels = 1 },
        ["CIFAR, one stage"] = ResNetOptions.Cifar(8) with { BlocksPerStage = [1] },
    };

    public static TheoryData<string> Networks { get; } = new(Kinds.Keys);

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_graph_computes_what_the_model_computes(string kind)
    {
        using var scope = torch.NewDisposeScope();
        (var model, var images, var expected) = Prepare(Kinds[kind]);

        var graph = model.Graph();

        graph.Options.Should().Be(model.Options);
        Difference(GraphInterpreter.Run(graph, images), expected).Should().BeLessThan(1e-10);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_folded_graph_computes_the_same_within_rounding(string kind)
    {
        using var scope = torch.NewDisposeScope();
        (var model, var images, var expected) = Prepare(Kinds[kind]);

        var folded = model.Graph().Folded();

        folded.Nodes.Should().NotContain(node => node is NormalizationNode);
        folded.Nodes.Any(node => node is ScaleNode).Should().Be(model.Options is { PreActivation: true, Residual: true });
        Difference(GraphInterpreter.Run(folded, images), expected).Should().BeLessThan(1e-5);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Nodes_stand_after_their_inputs_and_have_names_of_their_own(string kind)
    {
        using var model = new ResNetModel(Kinds[kind]);
        foreach (var graph in new[] { model.Graph(), model.Graph().Folded() })
        {
            graph.Nodes[0].Should().BeOfType<InputNode>();
            graph.Nodes.Select(node => node.Name).Should().OnlyHaveUniqueItems();
            graph.Nodes.Select((node, index) => node.Inputs.All(input => input < index)).Should().AllBeEquivalentTo(true);
            graph.Nodes[^1].Should().BeOfType<LinearNode>();
        }
    }

    [Fact]
    public void Layers_keep_torchvisions_names()
    {
        using var model = new ResNetModel(Small);
        var layers = model.Graph().Nodes.Where(node => node is ConvolutionNode or NormalizationNode or LinearNode).Select(node => node.Name);
        var weights = model.state_dict().Keys.Where(key => key.EndsWith(".weight", StringComparison.Ordinal)).Select(key => key[..^".weight".Length]);
        layers.Should().BeEquivalentTo(weights);
    }

    [Fact]
    public void A_strided_1x1_convolution_is_one_node()
    {
        using var model = new ResNetModel(SmallBottleneck with { BottleneckStride = StridePlacement.First1x1 });
        var strided = model.Graph().Nodes.OfType<ConvolutionNode>().Where(node => node.Name is "layer2.0.conv1" or "layer2.0.downsample.0");
        strided.Select(node => (node.KernelSize, node.Stride, node.Padding)).Should().Equal((1, 2, 0), (1, 2, 0));
    }

    [Fact]
    public void Folding_leaves_the_normalisation_of_a_result_that_others_use()
    {
        var convolution = new ConvolutionNode("conv", 0, 1, 1, 1, 1, 0, 1, new float[] { 2 }, null);
        var graph = new NetworkGraph(Small, [
            new InputNode("images", 1), convolution, new NormalizationNode("bn", 1, 1, [3], [4], [5], [1], 0), new AddNode("add", 2, 1)]);

        var folded = graph.Folded();

        folded.Nodes[1].Should().Be(convolution);
        folded.Nodes[2].Should().BeOfType<ScaleNode>().Which.Should().BeEquivalentTo(new { Scale = new[] { 3f }, Shift = new[] { -11f } });
        folded.Nodes[3].Should().Be(graph.Nodes[3]);
    }

    [Fact]
    public void Folding_keeps_a_bias_that_is_there()
    {
        var convolution = new ConvolutionNode("conv", 0, 1, 1, 1, 1, 0, 1, new float[] { 2 }, [7]);
        var folded = new NetworkGraph(Small, [new InputNode("images", 1), convolution, new NormalizationNode("bn", 1, 1, [3], [4], [5], [3], 1)]).Folded();

        folded.Nodes.Should().HaveCount(2);
        var merged = folded.Nodes[1].Should().BeOfType<ConvolutionNode>().Which;
        merged.Name.Should().Be("conv");
        merged.Weights.ToArray().Should().Equal([3], "3 / √4 × (2x + 7 - 5) + 4 = 3x + 7");
        merged.Bias.Should().Equal(7);
    }

    [Fact]
    public void A_graph_is_a_copy_that_changes_no_model_and_leaves_no_tensor()
    {
        using var model = new ResNetModel(Small);
        model.train();
        NetworkGraph? graph = null;
        LiveTensors.ShouldBeLeftBy(() => graph = model.Graph(), 0);
        model.training.Should().BeTrue();
        var classifier = (LinearNode)graph!.Nodes[^1];
        float before = classifier.Weights.ToArray()[0];
        using (torch.no_grad())
        {
            model.get_parameter("fc.weight")!.zero_();
        }

        classifier.Weights.ToArray()[0].Should().Be(before).And.NotBe(0);
    }

    [Fact]
    public void A_borrowing_graph_has_the_same_numbers_and_leaves_no_tensor()
    {
        using var model = new ResNetModel(SmallBottleneck with { Groups = 4, WidthPerGroup = 16 });
        NetworkGraph? borrowing = null;
        LiveTensors.ShouldBeLeftBy(() => borrowing = model.Graph(borrows: true), 0);

        WeightsOf(borrowing!.Folded()).Should().BeEquivalentTo(WeightsOf(model.Graph().Folded()), order => order.WithStrictOrdering());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(37)]
    public void Weights_are_multiplied_in_double_and_rounded_once_while_they_are_read(int size)
    {
        using var tensor = torch.rand(3, size);
        float[] numbers = [.. tensor.data<float>()];
        double[] factors = [0.1, -7.0 / 3, 1e-30];
        float[] products = [.. numbers.Select((number, i) => (float)(factors[i / size] * number))];

        foreach (var weights in new[] { LayerWeights.Borrow(tensor), LayerWeights.CopyOf(tensor), (LayerWeights)numbers })
        {
            var scaled = weights.Scaled(factors);
            float[] second = new float[size];
            scaled.Read(1, second);

            weights.ToArray().Should().Equal(numbers);
            scaled.ToArray().Should().Equal(products);
            second.Should().Equal(products[size..(2 * size)]);
        }
    }

    private static List<float[]> WeightsOf(NetworkGraph graph) =>
        [.. graph.Nodes.Select(node => (node as ConvolutionNode)?.Weights ?? (node as LinearNode)?.Weights).OfType<LayerWeights>().Select(weights => weights.ToArray())];

    private static (ResNetModel Model, Tensor Images, Tensor Logits) Prepare(ResNetOptions options)
    {
        using var noGrad = torch.no_grad();
        var model = new ResNetModel(options);
        FillRule.Fill(model, 1.2);
        model.to(torch.ScalarType.Float64);
        model.eval();
        var images = FillRule.Input("input", [2, options.InputChannels, 45, 38]).to_type(torch.ScalarType.Float64);
        return (model, images, model.call(images));
    }

    private static double Difference(Tensor actual, Tensor expected)
    {
        actual.shape.Should().Equal(expected.shape);
        return ((actual - expected).abs().max() / expected.square().mean().sqrt()).item<double>();
    }
}
