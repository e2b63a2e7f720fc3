using ResNet.Graph;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Core.Tests.Graph;

/// <summary>Runs a graph node by node in float64: slow, and as plain as the definition of each node.</summary>
internal static class GraphInterpreter
{
    public static Tensor Run(NetworkGraph graph, Tensor images)
    {
        using var scope = torch.NewDisposeScope();
        var results = new List<Tensor>();
        foreach (var node in graph.Nodes)
        {
            results.Add(Step(node, node.Inputs.Select(input => results[input]).ToArray(), images));
        }

        return results[^1].MoveToOuterDisposeScope();
    }

    private static Tensor Step(GraphNode node, Tensor[] inputs, Tensor images) => node switch
    {
        InputNode => images,
        ConvolutionNode c => functional.conv2d(
            inputs[0],
            Numbers(c.Weights.ToArray()).reshape(c.OutChannels, c.InChannels / c.Groups, c.KernelSize, c.KernelSize),
            c.Bias is null ? null : Numbers(c.Bias),
            strides: [c.Stride, c.Stride],
            padding: [c.Padding, c.Padding],
            groups: c.Groups),
        NormalizationNode n =>
            ((inputs[0] - Channels(n.Mean)) / (Channels(n.Variance) + n.Epsilon).sqrt() * Channels(n.Gamma)) + Channels(n.Beta),
        ScaleNode s => (inputs[0] * Channels(s.Scale)) + Channels(s.Shift),
        ReluNode => inputs[0].relu(),
        AddNode => inputs[0] + inputs[1],
        ZeroPadNode z => ZeroPad(z, inputs[0]),
        MaxPoolNode m => functional.max_pool2d(inputs[0], m.KernelSize, m.Stride, m.Padding),
        GlobalAveragePoolNode => inputs[0].mean([2, 3]),
        LinearNode l => functional.linear(inputs[0], Numbers(l.Weights.ToArray()).reshape(l.OutFeatures, l.InFeatures), Numbers(l.Bias)),
        _ => throw new ArgumentException($"{node} is not known.", nameof(node)),
    };

    private static Tensor ZeroPad(ZeroPadNode node, Tensor input)
    {
        var kept = input[torch.TensorIndex.Ellipsis, torch.TensorIndex.Slice(step: node.Stride), torch.TensorIndex.Slice(step: node.Stride)];
        kept.shape[1].Should().Be(node.InChannels);
        return functional.pad(kept, [0, 0, 0, 0, node.Offset, node.OutChannels - node.InChannels - node.Offset]);
    }

    private static Tensor Channels(float[] values) => Numbers(values).reshape(1, values.Length, 1, 1);

    private static Tensor Numbers(float[] values) => torch.tensor(values).to_type(torch.ScalarType.Float64);
}
