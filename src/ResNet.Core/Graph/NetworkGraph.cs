namespace ResNet.Graph;

/// <summary>
/// What a network computes in evaluation mode, as data: for whoever runs or writes it without torch. The last node gives the class scores.
/// The numbers are copies, unless they are borrowed: then the model must stay as it is while they are read.
/// </summary>
internal sealed class NetworkGraph
{
    /// <summary>Keeps the nodes.</summary>
    /// <param name="options">The network.</param>
    /// <param name="nodes">In order of execution: every input of a node stands before it.</param>
    public NetworkGraph(ResNetOptions options, IReadOnlyList<GraphNode> nodes)
    {
        Options = options;
        Nodes = nodes;
    }

    /// <summary>The network.</summary>
    public ResNetOptions Options { get; }

    /// <summary>The steps in order of execution, beginning with the <see cref="InputNode"/>.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>
    /// The same network with fewer steps: a normalisation of a convolution's result, which nobody else uses, becomes part of the convolution's
    /// weights and bias; any other becomes a <see cref="ScaleNode"/>. Results differ by rounding only.
    /// </summary>
    public NetworkGraph Folded() => new(Options, new GraphFolding(Nodes).Fold());
}
