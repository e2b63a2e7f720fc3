namespace ResNet.Graph;

/// <summary>Merges normalisations into the convolutions before them, in double arithmetic; every number is rounded to float once.</summary>
internal sealed class GraphFolding
{
    private readonly IReadOnlyList<GraphNode> _nodes;
    private readonly int[] _useCounts;
    private readonly int[] _newIndices;
    private readonly List<GraphNode> _folded = [];

    public GraphFolding(IReadOnlyList<GraphNode> nodes)
    {
        _nodes = nodes;
        _newIndices = new int[nodes.Count];
        _useCounts = new int[nodes.Count];
        foreach (int input in nodes.SelectMany(node => node.Inputs))
        {
            _useCounts[input]++;
        }
    }

    public IReadOnlyList<GraphNode> Fold()
    {
        for (int i = 0; i < _nodes.Count; i++)
        {
            var node = _nodes[i].Renumber(input => _newIndices[input]);
            if (node is NormalizationNode merged && _folded[merged.Input] is ConvolutionNode convolution && _useCounts[_nodes[i].Inputs[0]] == 1)
            {
                _folded[merged.Input] = Merge(convolution, merged);
                _newIndices[i] = merged.Input;
            }
            else
            {
                _newIndices[i] = _folded.Count;
                _folded.Add(node is NormalizationNode alone ? Scale(alone) : node);
            }
        }

        return _folded;
    }

    private static ConvolutionNode Merge(ConvolutionNode convolution, NormalizationNode normalization)
    {
        double[] scales = new double[convolution.OutChannels];
        float[] bias = new float[convolution.OutChannels];
        for (int channel = 0; channel < convolution.OutChannels; channel++)
        {
            (scales[channel], double shift) = Affine(normalization, channel);
            bias[channel] = (float)((scales[channel] * (convolution.Bias?[channel] ?? 0)) + shift);
        }

        return convolution with { Weights = convolution.Weights.Scaled(scales), Bias = bias };
    }

    private static ScaleNode Scale(NormalizationNode node)
    {
        var channels = Enumerable.Range(0, node.Channels).Select(channel => Affine(node, channel)).ToList();
        return new ScaleNode(node.Name, node.Input, [.. channels.Select(channel => (float)channel.Scale)], [.. channels.Select(channel => (float)channel.Shift)]);
    }

    private static (double Scale, double Shift) Affine(NormalizationNode node, int channel)
    {
        double scale = node.Gamma[channel] / Math.Sqrt(node.Variance[channel] + node.Epsilon);
        return (scale, node.Beta[channel] - (node.Mean[channel] * scale));
    }
}
