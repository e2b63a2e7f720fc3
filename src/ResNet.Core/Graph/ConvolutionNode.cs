namespace ResNet.Graph;

/// <summary>A convolution with square kernels and as much zero padding on every side.</summary>
/// <param name="Name">See <see cref="GraphNode"/>.</param>
/// <param name="Input">The map.</param>
/// <param name="InChannels">Its channels.</param>
/// <param name="OutChannels">Channels of the result.</param>
/// <param name="KernelSize">Width and height of the kernels.</param>
/// <param name="Stride">Step in both directions.</param>
/// <param name="Padding">Zeros on every side.</param>
/// <param name="Groups">Groups of channels that do not see one another.</param>
/// <param name="Weights">OutChannels × (InChannels / Groups) × KernelSize × KernelSize.</param>
/// <param name="Bias">One number an output channel, or null.</param>
internal sealed record ConvolutionNode(
    string Name,
    int Input,
    int InChannels,
    int OutChannels,
    int KernelSize,
    int Stride,
    int Padding,
    int Groups,
    LayerWeights Weights,
    float[]? Bias) : GraphNode(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Inputs => [Input];

    /// <inheritdoc/>
    public override GraphNode Renumber(Func<int, int> renumber) => this with { Input = renumber(Input) };
}
