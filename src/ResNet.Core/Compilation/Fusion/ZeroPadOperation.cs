namespace ResNet.Compilation;

/// <summary>Option A's shortcut: every Stride-th row and column, with zero channels before and after.</summary>
internal sealed record ZeroPadOperation(int Node, string Name, int Input, int Stride, int Channels, MapFormat Format, int Offset)
    : FusedOperation(Node, Name, Channels, Format)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];
}
