namespace ResNet.Graph;

/// <summary>The pictures, N×channels×H×W, normalised as the weights expect: always node 0.</summary>
internal sealed record InputNode(string Name, int Channels) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this;
}
