namespace ResNet.Graph;

/// <summary>Option A (section 3.3): keeps every Stride-th row and column, then puts zero channels around those that are there.</summary>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Input">The map.</param>
/// <param name="Stride">Step in both directions; 1 keeps all.</param>
/// <param name="InChannels">Channels of the map.</param>
/// <param name="OutChannels">Channels of the result.</param>
/// <param name="Offset">Index of the map's first channel in the result.</param>
internal sealed record ZeroPadNode(string Name, int Input, int Stride, int InChannels, int OutChannels, int Offset) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Input = renumber(Input) };
}
