namespace ResNet.Compilation;

/// <summary>A convolution and what follows it.</summary>
/// <param name="Node">See <see cref="FusedOperation"/>.</param>
/// <param name="Name">Of the convolution.</param>
/// <param name="Input">The map.</param>
/// <param name="Shortcut">The map that is added, or null.</param>
/// <param name="KernelSize">Height and width of the kernel.</param>
/// <param name="Stride">Step of the kernel.</param>
/// <param name="Padding">Zeros around the map.</param>
/// <param name="Relu">Whether negative numbers become 0 at the end.</param>
/// <param name="Format">How the result is stored; bytes are for results of a ReLU.</param>
/// <param name="Packed">Packed weights and bias.</param>
internal sealed record ConvolutionOperation(
    int Node,
    string Name,
    int Input,
    int? Shortcut,
    int KernelSize,
    int Stride,
    int Padding,
    bool Relu,
    MapFormat Format,
    ConvolutionWeights Packed) : FusedOperation(Node, Name, Packed.OutChannels, Format)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => Shortcut is { } shortcut ? [Input, shortcut] : [Input];
}
