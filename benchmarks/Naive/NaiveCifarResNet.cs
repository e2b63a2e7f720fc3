using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Benchmarks.Naive;

/// <summary>The CIFAR networks of depth 6n+2, option A. Frozen yardstick, see README.md: never improve.</summary>
public sealed class NaiveCifarResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly ReLU _relu;
    private readonly Sequential _layer1;
    private readonly Sequential _layer2;
    private readonly Sequential _layer3;
    private readonly AdaptiveAvgPool2d _avgpool;
    private readonly Linear _fc;

    public NaiveCifarResNet(int depth, int classCount = 10)
        : base(nameof(NaiveCifarResNet))
    {
        int count = (depth - 2) / 6;
        _conv1 = Conv2d(3, 16, kernel_size: 3, padding: 1, bias: false);
        _bn1 = BatchNorm2d(16);
        _relu = ReLU();
        _layer1 = Layer(16, 16, count, 1);
        _layer2 = Layer(16, 32, count, 2);
        _layer3 = Layer(32, 64, count, 2);
        _avgpool = AdaptiveAvgPool2d([1, 1]);
        _fc = Linear(64, classCount);
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        register_module("relu", _relu);
        register_module("layer1", _layer1);
        register_module("layer2", _layer2);
        register_module("layer3", _layer3);
        register_module("avgpool", _avgpool);
        register_module("fc", _fc);
        foreach (var module in modules())
        {
            if (module is Conv2d conv)
            {
                init.kaiming_normal_(conv.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
            }
        }
    }

    public override Tensor forward(Tensor input)
    {
        var x = _relu.call(_bn1.call(_conv1.call(input)));
        x = _layer3.call(_layer2.call(_layer1.call(x)));
        return _fc.call(torch.flatten(_avgpool.call(x), 1));
    }

    private static Sequential Layer(int inChannels, int outChannels, int count, int stride)
    {
        var blocks = new List<(string, Module<Tensor, Tensor>)>();
        for (int i = 0; i < count; i++)
        {
            int blockIn = i == 0 ? inChannels : outChannels;
            var downsample = blockIn != outChannels ? new ZeroPadding(outChannels - blockIn) : null;
            blocks.Add(($"{i}", new BasicBlock(blockIn, outChannels, i == 0 ? stride : 1, downsample)));
        }

        return Sequential(blocks);
    }
}
