namespace ResNet.Graph;

/// <summary>max(x, 0).</summary>
internal sealed record ReluNode(string Name, int Input) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Input = renumber(Input) };
}
