using ResNet.Graph;
using ResNet.Layers;

namespace ResNet.Shortcuts;

/// <summary>
/// Option A where the shape changes (section 3.3): the subsampled input with zero channels added, no parameters.
/// Adding zeros changes nothing, so only the existing channels are added, into a slice of the branch.
/// </summary>
public sealed class ZeroPadShortcut : Shortcut
{
    private readonly int _offset;
    private readonly int _inChannels;
    private readonly int _outChannels;
    private readonly int _stride;

    /// <summary>Creates the shortcut; it has no parameters.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the branch, at least as many.</param>
    /// <param name="stride">Stride of the block.</param>
    /// <param name="padding">Where the zero channels go.</param>
    public ZeroPadShortcut(int inChannels, int outChannels, int stride, ZeroPadding padding)
        : base(nameof(ZeroPadShortcut))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, inChannels);
        _inChannels = inChannels;
        _outChannels = outChannels;
        _stride = stride;
        _offset = padding == ZeroPadding.Both ? (outChannels - inChannels) / 2 : 0;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor branch, Tensor input)
    {
        branch.narrow(1, _offset, _inChannels).add_(Convolutions.Subsample(input, _stride));
        return branch;
    }

    internal override int AddTo(GraphBuilder graph, int input) => graph.ZeroPad(this, input, _stride, _inChannels, _outChannels, _offset);
}
