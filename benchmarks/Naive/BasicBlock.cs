using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Benchmarks.Naive;

/// <summary>Frozen yardstick, see README.md: never improve.</summary>
public sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly ReLU _relu;
    private readonly Module<Tensor, Tensor>? _downsample;

    public BasicBlock(int inChannels, int outChannels, int stride, Module<Tensor, Tensor>? downsample)
        : base(nameof(BasicBlock))
    {
        _conv1 = Conv2d(inChannels, outChannels, kernel_size: 3, stride: stride, padding: 1, bias: false);
        _bn1 = BatchNorm2d(outChannels);
        _conv2 = Conv2d(outChannels, outChannels, kernel_size: 3, padding: 1, bias: false);
        _bn2 = BatchNorm2d(outChannels);
        _relu = ReLU();
        _downsample = downsample;
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        register_module("conv2", _conv2);
        register_module("bn2", _bn2);
        register_module("relu", _relu);
        if (downsample is not null)
        {
            register_module("downsample", downsample);
        }
    }

    public override Tensor forward(Tensor input)
    {
        var identity = _downsample is null ? input : _downsample.call(input);
        var x = _relu.call(_bn1.call(_conv1.call(input)));
        x = _bn2.call(_conv2.call(x));
        return _relu.call(x + identity);
    }
}
