namespace ResNet.Graph;

/// <summary>The classifier: N×InFeatures becomes N×OutFeatures. Weights are OutFeatures × InFeatures.</summary>
internal sealed record LinearNode(string Name, int Input, int InFeatures, int OutFeatures, LayerWeights Weights, float[] Bias) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Input = renumber(Input) };
}
