namespace ResNet.Compilation;

/// <summary>A 3×3 convolution with stride 1 by Winograd's way, and what follows it.</summary>
/// <param name="Node">See <see cref="FusedOperation"/>.</param>
/// <param name="Name">Of the convolution.</param>
/// <param name="Input">The map.</param>
/// <param name="Shortcut">The map that is added, or null.</param>
/// <param name="Padding">Zeros around the map.</param>
/// <param name="Relu">Whether negative numbers become 0 at the end.</param>
/// <param name="Kind">How the input map, the shortcut and the result are stored.</param>
/// <param name="Packed">Transformed weights and bias.</param>
internal sealed record WinogradOperation(int Node, string Name, int Input, int? Shortcut, int Padding, bool Relu, NumberKind Kind, WinogradWeights Packed)
    : FusedOperation(Node, Name, Packed.OutChannels, new MapFormat(Kind))
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => Shortcut is { } shortcut ? [Input, shortcut] : [Input];
}
