using ResNet.Graph;
using ResNet.Layers;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace ResNet.Shortcuts;

/// <summary>
/// A linear projection of the input (equation 2): 1×1 convolution and batch normalisation, options B and C.
/// In pre-activation networks the convolution stands alone.
/// </summary>
public sealed class ProjectionShortcut : Shortcut
{
    private readonly int _stride;
    [ComponentName(Name = "0")]
    private readonly PointwiseConvolution _convolution;
    [ComponentName(Name = "1")]
    private readonly BatchNorm2d? _normalization;

    /// <summary>Creates the shortcut with fresh weights.</summary>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the branch.</param>
    /// <param name="stride">Stride of the block.</param>
    /// <param name="normalize">Whether batch normalisation follows; not in pre-activation networks.</param>
    public ProjectionShortcut(int inChannels, int outChannels, int stride, bool normalize = true)
        : base(nameof(ProjectionShortcut))
    {
        _stride = stride;
        _convolution = Convolutions.One(inChannels, outChannels);
        _normalization = normalize ? Normalizations.Of(outChannels) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor branch, Tensor input)
    {
        var projected = _convolution.call(Convolutions.Subsample(input, _stride));
        return branch.add_(_normalization?.Normalize(projected) ?? projected);
    }

    internal override int AddTo(GraphBuilder graph, int input)
    {
        int projected = graph.Convolve(input, _convolution, _stride);
        return _normalization is null ? projected : graph.Normalize(projected, _normalization);
    }
}
