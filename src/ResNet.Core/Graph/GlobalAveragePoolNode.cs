namespace ResNet.Graph;

/// <summary>The average of each channel over the whole map: N×C×H×W becomes N×C.</summary>
internal sealed record GlobalAveragePoolNode(string Name, int Input) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Input = renumber(Input) };
}
