namespace ResNet.Graph;

/// <summary>Scale x + Shift, channel by channel: what folding leaves of a normalisation that follows no convolution.</summary>
internal sealed record ScaleNode(string Name, int Input, float[] Scale, float[] Shift) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Input = renumber(Input) };
}
