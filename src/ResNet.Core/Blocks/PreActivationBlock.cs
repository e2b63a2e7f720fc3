using ResNet.Graph;
using ResNet.Layers;
using ResNet.Shortcuts;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace ResNet.Blocks;

/// <summary>
/// A block of "Identity Mappings in Deep Residual Networks" (He et al. 2016): batch normalisation and ReLU before each
/// convolution, nothing after the addition.
/// </summary>
public abstract class PreActivationBlock : ResidualBlock
{
    [ComponentName(Name = "bn1")]
    private protected readonly BatchNorm2d? _bn1;
    private readonly LeadingActivation _leading;

    private protected PreActivationBlock(string name, int inChannels, Shortcut? shortcut, LeadingActivation leading)
        : base(name, shortcut)
    {
        _leading = leading;
        _bn1 = leading == LeadingActivation.None ? null : Normalizations.Of(inChannels);
    }

    private protected sealed override Tensor Output(Tensor input)
    {
        var active = _bn1?.Normalize(input).relu_() ?? input;
        var trunk = _leading == LeadingActivation.InBranch ? input : active;
        return AddShortcut(Branch(active), trunk);
    }

    internal sealed override int AddTo(GraphBuilder graph, int input)
    {
        int active = _bn1 is null ? input : graph.Relu(graph.Normalize(input, _bn1));
        int trunk = _leading == LeadingActivation.InBranch ? input : active;
        return AddShortcut(graph, Branch(graph, active), trunk);
    }

    /// <summary>F: from the first convolution to the last. The result is a tensor of its own, which the addition may change.</summary>
    private protected abstract Tensor Branch(Tensor active);

    private protected abstract int Branch(GraphBuilder graph, int active);
}
