namespace ResNet;

public sealed partial record ResNetOptions
{
    /// <summary>The paper's deepest network has 1,202 layers.</summary>
    private const int MaxDepth = 10_000;

    /// <summary>Eight gigabytes of weights; the largest published networks of this kind have a fifth of them.</summary>
    private const long MaxWeightCount = int.MaxValue;

    /// <summary>Each number may be possible by itself, and a network of all of them take more memory than there is.</summary>
    private void CheckSize(List<string> faults)
    {
        long depth = 2 + (BlocksPerStage.Sum(count => (long)count) * (Block == BlockKind.Basic ? 2 : 3));
        if (depth > MaxDepth)
        {
            faults.Add($"{nameof(BlocksPerStage)} is [{string.Join(", ", BlocksPerStage)}], {depth} layers; a network has at most {MaxDepth}.");
        }
        else if (WeightCount() is var weights && weights > MaxWeightCount)
        {
            faults.Add($"The network would have {weights} weights; it must be at most {MaxWeightCount}. Lower {nameof(BaseWidth)}, {nameof(ClassCount)}, {nameof(WidthPerGroup)} or {nameof(Groups)}.");
        }
    }

    /// <summary>Weights of the stem, of the blocks' convolutions and of the classifier, wide enough not to wrap around.</summary>
    private Int128 WeightCount()
    {
        bool basic = Block == BlockKind.Basic;
        int kernel = Stem == StemKind.ImageNet ? 7 : 3;
        Int128 channels = BaseWidth;
        Int128 sum = channels * InputChannels * kernel * kernel;
        for (int stage = 0; stage < BlocksPerStage.Count; stage++)
        {
            Int128 width = (Int128)BaseWidth << stage;
            Int128 output = basic ? width : 4 * width;
            Int128 inner = (Int128)((double)width * (WidthPerGroup / 64.0)) * Groups;
            Int128 first = basic ? 9 * width * (channels + width) : (channels * inner) + (inner / Groups * inner * 9) + (inner * output);
            Int128 others = basic ? 18 * width * width : (2 * output * inner) + (inner / Groups * inner * 9);
            bool projects = Residual && (Shortcut == ShortcutOption.C || (Shortcut == ShortcutOption.B && (stage > 0 || channels != output)));
            Int128 projections = projects ? channels * output : 0;
            others += Residual && Shortcut == ShortcutOption.C ? output * output : 0;
            sum += first + (others * (BlocksPerStage[stage] - 1)) + projections;
            channels = output;
        }

        return sum + (channels * ClassCount);
    }
}
