using ResNet.Graph;
using ResNet.Layers;
using ResNet.Shortcuts;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace ResNet.Blocks;

/// <summary>
/// 1×1 reduce, 3×3, 1×1 restore (Figure 5, right): the block of ResNet-50, -101 and -152.
/// Input N×inChannels×H×W, output N×4·width×⌈H/stride⌉×⌈W/stride⌉. The authors' models stride in the first 1×1
/// convolution, torchvision's in the 3×3; the weights fit both, so <see cref="StridePlacement"/> must match them.
/// </summary>
public sealed class Bottleneck : PostActivationBlock
{
    /// <summary>Output channels as a multiple of the stage's width.</summary>
    public const int Expansion = 4;

    private readonly int _firstStride;
    [ComponentName(Name = "conv1")]
    private readonly PointwiseConvolution _conv1;
    [ComponentName(Name = "bn1")]
    private readonly BatchNorm2d _bn1;
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;
    [ComponentName(Name = "bn2")]
    private readonly BatchNorm2d _bn2;
    [ComponentName(Name = "conv3")]
    private readonly PointwiseConvolution _conv3;
    [ComponentName(Name = "bn3")]
    private readonly BatchNorm2d _bn3;

    /// <summary>Creates the block with fresh weights.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="width">The stage's width; the output has four times as many channels.</param>
    /// <param name="stride">Stride of the block.</param>
    /// <param name="shortcut">The shortcut, which the block then owns; <see langword="null"/> for a plain block.</param>
    /// <param name="placement">Which convolution strides.</param>
    /// <param name="innerWidth">Channels of the 3×3 convolution; default: <paramref name="width"/>.</param>
    /// <param name="groups">Groups of the 3×3 convolution.</param>
    public Bottleneck(
        int inChannels,
        int width,
        int stride,
        Shortcut? shortcut,
        StridePlacement placement = StridePlacement.Middle3x3,
        int? innerWidth = null,
        int groups = 1)
        : base(nameof(Bottleneck), shortcut)
    {
        int inner = innerWidth ?? width;
        (_firstStride, int middleStride) = Convolutions.Strides(stride, placement);
        _conv1 = Convolutions.One(inChannels, inner);
        _bn1 = Normalizations.Of(inner);
        _conv2 = Convolutions.Three(inner, inner, middleStride, groups);
        _bn2 = Normalizations.Of(inner);
        _conv3 = Convolutions.One(inner, width * Expansion);
        _bn3 = Normalizations.Of(width * Expansion);
        RegisterComponents();
    }

    private protected override Tensor Branch(Tensor input)
    {
        var y = _bn1.Normalize(_conv1.call(Convolutions.Subsample(input, _firstStride))).relu_();
        y = _bn2.Normalize(_conv2.call(y)).relu_();
        return _bn3.Normalize(_conv3.call(y));
    }

    private protected override int Branch(GraphBuilder graph, int input)
    {
        int y = graph.Relu(graph.Normalize(graph.Convolve(input, _conv1, _firstStride), _bn1));
        y = graph.Relu(graph.Normalize(graph.Convolve(y, _conv2), _bn2));
        return graph.Normalize(graph.Convolve(y, _conv3), _bn3);
    }
}
