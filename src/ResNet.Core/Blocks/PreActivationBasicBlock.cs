using ResNet.Graph;
using ResNet.Layers;
using ResNet.Shortcuts;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace ResNet.Blocks;

/// <summary>
/// Two 3×3 convolutions, each after batch normalisation and ReLU ("Identity Mappings", Figure 4e).
/// Input N×inChannels×H×W, output N×width×⌈H/stride⌉×⌈W/stride⌉.
/// </summary>
public sealed class PreActivationBasicBlock : PreActivationBlock
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;
    [ComponentName(Name = "bn2")]
    private readonly BatchNorm2d _bn2;
    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;

    /// <summary>Creates the block with fresh weights.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="width">Channels of both convolutions, and of the output.</param>
    /// <param name="stride">Stride of the first convolution.</param>
    /// <param name="shortcut">The shortcut, which the block then owns; <see langword="null"/> for a plain block.</param>
    /// <param name="leading">Where the first normalisation stands.</param>
    public PreActivationBasicBlock(int inChannels, int width, int stride, Shortcut? shortcut, LeadingActivation leading)
        : base(nameof(PreActivationBasicBlock), inChannels, shortcut, leading)
    {
        _conv1 = Convolutions.Three(inChannels, width, stride);
        _bn2 = Normalizations.Of(width);
        _conv2 = Convolutions.Three(width, width);
        RegisterComponents();
    }

    private protected override Tensor Branch(Tensor active)
    {
        var y = _conv1.call(active);
        return _conv2.call(_bn2.Normalize(y).relu_());
    }

    private protected override int Branch(GraphBuilder graph, int active)
    {
        int y = graph.Convolve(active, _conv1);
        return graph.Convolve(graph.Relu(graph.Normalize(y, _bn2)), _conv2);
    }
}
