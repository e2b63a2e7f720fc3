using ResNet.Graph;
using ResNet.Layers;
using ResNet.Shortcuts;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace ResNet.Blocks;

/// <summary>
/// 1×1 reduce, 3×3, 1×1 restore, each after batch normalisation and ReLU: the block of ResNet-164 and ResNet-1001
/// ("Identity Mappings"). Input N×inChannels×H×W, output N×4·width×⌈H/stride⌉×⌈W/stride⌉.
/// </summary>
public sealed class PreActivationBottleneck : PreActivationBlock
{
    private readonly int _firstStride;
    [ComponentName(Name = "conv1")]
    private readonly PointwiseConvolution _conv1;
    [ComponentName(Name = "bn2")]
    private readonly BatchNorm2d _bn2;
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;
    [ComponentName(Name = "bn3")]
    private readonly BatchNorm2d _bn3;
    [ComponentName(Name = "conv3")]
    private readonly PointwiseConvolution _conv3;

    /// <summary>Creates the block with fresh weights.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="width">The stage's width; the output has four times as many channels.</param>
    /// <param name="stride">Stride of the block.</param>
    /// <param name="shortcut">The shortcut, which the block then owns; <see langword="null"/> for a plain block.</param>
    /// <param name="leading">Where the first normalisation stands.</param>
    /// <param name="placement">Which convolution strides.</param>
    /// <param name="innerWidth">Channels of the 3×3 convolution; default: <paramref name="width"/>.</param>
    /// <param name="groups">Groups of the 3×3 convolution.</param>
    public PreActivationBottleneck(
        int inChannels,
        int width,
        int stride,
        Shortcut? shortcut,
        LeadingActivation leading,
        StridePlacement placement = StridePlacement.Middle3x3,
        int? innerWidth = null,
        int groups = 1)
        : base(nameof(PreActivationBottleneck), inChannels, shortcut, leading)
    {
        int inner = innerWidth ?? width;
        (_firstStride, int middleStride) = Convolutions.Strides(stride, placement);
        _conv1 = Convolutions.One(inChannels, inner);
        _bn2 = Normalizations.Of(inner);
        _conv2 = Convolutions.Three(inner, inner, middleStride, groups);
        _bn3 = Normalizations.Of(inner);
        _conv3 = Convolutions.One(inner, width * Bottleneck.Expansion);
        RegisterComponents();
    }

    private protected override Tensor Branch(Tensor active)
    {
        var y = _conv1.call(Convolutions.Subsample(active, _firstStride));
        y = _conv2.call(_bn2.Normalize(y).relu_());
        return _conv3.call(_bn3.Normalize(y).relu_());
    }

    private protected override int Branch(GraphBuilder graph, int active)
    {
        int y = graph.Convolve(active, _conv1, _firstStride);
        y = graph.Convolve(graph.Relu(graph.Normalize(y, _bn2)), _conv2);
        return graph.Convolve(graph.Relu(graph.Normalize(y, _bn3)), _conv3);
    }
}
