using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Benchmarks.Naive;

/// <summary>ResNet-18 to -152. Frozen yardstick, see README.md: never improve.</summary>
public sealed class NaiveResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly ReLU _relu;
    private readonly MaxPool2d _maxpool;
    private readonly Sequential _layer1;
    private readonly Sequential _layer2;
    private readonly Sequential _layer3;
    private readonly Sequential _layer4;
    private readonly AdaptiveAvgPool2d _avgpool;
    private readonly Linear _fc;

    public NaiveResNet(bool bottleneck, int[] blocks, int classCount = 1000)
        : base(nameof(NaiveResNet))
    {
        int expansion = bottleneck ? 4 : 1;
        _conv1 = Conv2d(3, 64, kernel_size: 7, stride: 2, padding: 3, bias: false);
        _bn1 = BatchNorm2d(64);
        _relu = ReLU();
        _maxpool = MaxPool2d(kernel_size: 3, stride: 2, padding: 1);
        _layer1 = Layer(bottleneck, 64, 64, blocks[0], 1);
        _layer2 = Layer(bottleneck, 64 * expansion, 128, blocks[1], 2);
        _layer3 = Layer(bottleneck, 128 * expansion, 256, blocks[2], 2);
        _layer4 = Layer(bottleneck, 256 * expansion, 512, blocks[3], 2);
        _avgpool = AdaptiveAvgPool2d([1, 1]);
        _fc = Linear(512 * expansion, classCount);
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        register_module("relu", _relu);
        register_module("maxpool", _maxpool);
        register_module("layer1", _layer1);
        register_module("layer2", _layer2);
        register_module("layer3", _layer3);
        register_module("layer4", _layer4);
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

    public static NaiveResNet ResNet18() => new(bottleneck: false, [2, 2, 2, 2]);

    public static NaiveResNet ResNet34() => new(bottleneck: false, [3, 4, 6, 3]);

    public static NaiveResNet ResNet50() => new(bottleneck: true, [3, 4, 6, 3]);

    public static NaiveResNet ResNet101() => new(bottleneck: true, [3, 4, 23, 3]);

    public static NaiveResNet ResNet152() => new(bottleneck: true, [3, 8, 36, 3]);

    public override Tensor forward(Tensor input)
    {
        var x = _maxpool.call(_relu.call(_bn1.call(_conv1.call(input))));
        x = _layer4.call(_layer3.call(_layer2.call(_layer1.call(x))));
        return _fc.call(torch.flatten(_avgpool.call(x), 1));
    }

    private static Sequential Layer(bool bottleneck, int inChannels, int width, int count, int stride)
    {
        int outChannels = bottleneck ? width * 4 : width;
        var blocks = new List<(string, Module<Tensor, Tensor>)>();
        for (int i = 0; i < count; i++)
        {
            int blockStride = i == 0 ? stride : 1;
            int blockIn = i == 0 ? inChannels : outChannels;
            var downsample = blockStride != 1 || blockIn != outChannels ? new Projection(blockIn, outChannels, blockStride) : null;
            blocks.Add(($"{i}", bottleneck
                ? new Bottleneck(blockIn, width, blockStride, downsample)
                : new BasicBlock(blockIn, width, blockStride, downsample)));
        }

        return Sequential(blocks);
    }
}
