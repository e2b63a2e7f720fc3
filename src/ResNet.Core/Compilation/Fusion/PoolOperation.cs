namespace ResNet.Compilation;

/// <summary>The stem's maximum pool, or the global average before the classifier.</summary>
/// <param name="Node">See <see cref="FusedOperation"/>.</param>
/// <param name="Name">Of the pool.</param>
/// <param name="Input">The map.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Format">See <see cref="FusedOperation"/>.</param>
/// <param name="KernelSize">Height and width of the window; null for the average over the whole map.</param>
/// <param name="Stride">Step of the window.</param>
/// <param name="Padding">Positions around the map that are never the greatest.</param>
internal sealed record PoolOperation(int Node, string Name, int Input, int Channels, MapFormat Format, int? KernelSize, int Stride, int Padding)
    : FusedOperation(Node, Name, Channels, Format)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];
}
