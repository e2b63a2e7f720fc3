namespace ResNet.Graph;

/// <summary>The greatest value of each square window; what is padded never is.</summary>
internal sealed record MaxPoolNode(string Name, int Input, int KernelSize, int Stride, int Padding) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Input = renumber(Input) };
}
