using ResNet.Shortcuts;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Blocks;

/// <summary>Builds the stages one after the other (conv2_x … conv5_x of Table 1) and keeps track of the channels between them.</summary>
internal sealed class StageBuilder
{
    private readonly ResNetOptions _options;

    public StageBuilder(ResNetOptions options)
    {
        _options = options;
        Channels = options.BaseWidth;
    }

    /// <summary>Channels after everything built so far.</summary>
    public int Channels { get; private set; }

    /// <summary>Builds a stage; <see langword="null"/> where the network has none of that index.</summary>
    /// <param name="index">0 for the first stage. Width doubles with every stage; every stage but the first strides 2.</param>
    public Sequential? Build(int index)
    {
        if (index >= _options.BlocksPerStage.Count)
        {
            return null;
        }

        int width = _options.BaseWidth << index;
        var blocks = new List<(string Name, Module<Tensor, Tensor> Block)>();
        for (int i = 0; i < _options.BlocksPerStage[index]; i++)
        {
            int stride = index > 0 && i == 0 ? 2 : 1;
            blocks.Add((i.ToString(), BuildBlock(width, stride, Leading(index, i))));
        }

        return Sequential(blocks);
    }

    private ResidualBlock BuildBlock(int width, int stride, LeadingActivation leading)
    {
        int inChannels = Channels;
        bool basic = _options.Block == BlockKind.Basic;
        Channels = width * (basic ? BasicBlock.Expansion : Bottleneck.Expansion);
        var shortcut = !_options.Residual
            ? null
            : ShortcutFactory.Create(_options.Shortcut, inChannels, Channels, stride, _options.ZeroPadding, !_options.PreActivation);
        int inner = _options.BottleneckWidth(width);
        return (basic, _options.PreActivation) switch
        {
            (true, false) => new BasicBlock(inChannels, width, stride, shortcut),
            (true, true) => new PreActivationBasicBlock(inChannels, width, stride, shortcut, leading),
            (false, false) => new Bottleneck(inChannels, width, stride, shortcut, _options.BottleneckStride, inner, _options.Groups),
            (false, true) => new PreActivationBottleneck(
                inChannels, width, stride, shortcut, leading, _options.BottleneckStride, inner, _options.Groups),
        };
    }

    private LeadingActivation Leading(int stage, int block)
    {
        if (block > 0)
        {
            return LeadingActivation.InBranch;
        }

        return stage == 0 && _options.Stem == StemKind.ImageNet ? LeadingActivation.None : LeadingActivation.BeforeSplit;
    }
}
