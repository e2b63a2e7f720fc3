using ResNet.Graph;
using ResNet.Layers;
using ResNet.Shortcuts;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace ResNet.Blocks;

/// <summary>
/// Two 3×3 convolutions (Figure 5, left): the block of ResNet-18, ResNet-34 and the CIFAR-10 networks.
/// The first convolution strides. Input N×inChannels×H×W, output N×width×⌈H/stride⌉×⌈W/stride⌉.
/// </summary>
public sealed class BasicBlock : PostActivationBlock
{
    /// <summary>Output channels as a multiple of the stage's width.</summary>
    public const int Expansion = 1;

    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "bn1")]
    private readonly BatchNorm2d _bn1;
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;
    [ComponentName(Name = "bn2")]
    private readonly BatchNorm2d _bn2;

    /// <summary>Creates the block with fresh weights.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="width">Channels of both convolutions, and of the output.</param>
    /// <param name="stride">Stride of the first convolution.</param>
    /// <param name="shortcut">The shortcut, which the block then owns; <see langword="null"/> for a plain block.</param>
    public BasicBlock(int inChannels, int width, int stride, Shortcut? shortcut)
        : base(nameof(BasicBlock), shortcut)
    {
        _conv1 = Convolutions.Three(inChannels, width, stride);
        _bn1 = Normalizations.Of(width);
        _conv2 = Convolutions.Three(width, width);
        _bn2 = Normalizations.Of(width);
        RegisterComponents();
    }

    private protected override Tensor Branch(Tensor input)
    {
        var y = _bn1.Normalize(_conv1.call(input)).relu_();
        return _bn2.Normalize(_conv2.call(y));
    }

    private protected override int Branch(GraphBuilder graph, int input)
    {
        int y = graph.Relu(graph.Normalize(graph.Convolve(input, _conv1), _bn1));
        return graph.Normalize(graph.Convolve(y, _conv2), _bn2);
    }
}
