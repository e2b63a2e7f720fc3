namespace ResNet.Graph;

/// <summary>Batch normalisation with its running statistics: Gamma (x - Mean) / √(Variance + Epsilon) + Beta, channel by channel.</summary>
internal sealed record NormalizationNode(
    string Name,
    int Input,
    int Channels,
    float[] Gamma,
    float[] Beta,
    float[] Mean,
    float[] Variance,
    double Epsilon) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Input = renumber(Input) };
}
