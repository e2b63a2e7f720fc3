using ResNet.Blocks;
using ResNet.Graph;

namespace ResNet;

public sealed partial class ResNetModel
{
    /// <summary>What <see cref="forward"/> computes in evaluation mode, whatever mode the model is in, with copies of its weights.</summary>
    /// <param name="borrows">Whether the large ones are not copied: the model must then stay as it is, and alive, while the graph is used.</param>
    internal NetworkGraph Graph(bool borrows = false)
    {
        var graph = new GraphBuilder(this, borrows);
        int y = Stem(graph, graph.Input("images", Options.InputChannels));
        foreach (var block in Stages().SelectMany(stage => stage.children()).Cast<ResidualBlock>())
        {
            y = block.AddTo(graph, y);
        }

        y = _norm is null ? y : graph.Relu(graph.Normalize(y, _norm));
        graph.Classify(graph.AveragePool(y), _classifier);
        return new NetworkGraph(Options, graph.Nodes);
    }

    private int Stem(GraphBuilder graph, int images)
    {
        int y = graph.Convolve(images, _conv1);
        y = _bn1 is null ? y : graph.Relu(graph.Normalize(y, _bn1));
        return Options.Stem == StemKind.ImageNet ? graph.MaxPool(y, kernelSize: 3, stride: 2, padding: 1) : y;
    }
}
