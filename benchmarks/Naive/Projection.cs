using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Benchmarks.Naive;

/// <summary>Frozen yardstick, see README.md: never improve.</summary>
public sealed class Projection : Module<Tensor, Tensor>
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d _bn;
    private readonly int _stride;

    public Projection(int inChannels, int outChannels, int stride)
        : base(nameof(Projection))
    {
        _conv = Conv2d(inChannels, outChannels, kernel_size: 1, bias: false);
        _bn = BatchNorm2d(outChannels);
        _stride = stride;
        register_module("0", _conv);
        register_module("1", _bn);
    }

    public override Tensor forward(Tensor input)
    {
        // Subsampled, then convolved: the backward pass of a strided 1x1 convolution can end the process.
        var x = _stride == 1 ? input : input[torch.TensorIndex.Ellipsis, torch.TensorIndex.Slice(step: _stride), torch.TensorIndex.Slice(step: _stride)];
        return _bn.call(_conv.call(x));
    }
}
