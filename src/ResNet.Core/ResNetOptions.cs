namespace ResNet;

/// <summary>
/// Everything that decides the shape of a network. Start from a preset and change it with <c>with</c>:
/// <code>ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.C, ClassCount = 37 }</code>
/// Two options that describe the same network are equal.
/// </summary>
public sealed partial record ResNetOptions
{
    /// <summary>The residual function of every block (Figure 5).</summary>
    public required BlockKind Block { get; init; }

    /// <summary>Blocks in each stage, one to four numbers (Table 1): ResNet-50 is 3, 4, 6, 3.</summary>
    public required IReadOnlyList<int> BlocksPerStage { get; init; }

    /// <summary>What stands before the first stage.</summary>
    /// <value>Default: <see cref="StemKind.ImageNet"/>.</value>
    public StemKind Stem { get; init; } = StemKind.ImageNet;

    /// <summary>Channels of the stem and width of the first stage; each later stage doubles it.</summary>
    /// <value>1 or more; default: 64.</value>
    public int BaseWidth { get; init; } = 64;

    /// <summary>Channels of the input pictures.</summary>
    /// <value>1 or more; default: 3.</value>
    public int InputChannels { get; init; } = 3;

    /// <summary>The shortcuts of residual blocks (sections 3.3 and 4.1). Plain networks have none.</summary>
    /// <value>Default: <see cref="ShortcutOption.B"/>.</value>
    public ShortcutOption Shortcut { get; init; } = ShortcutOption.B;

    /// <summary>Where option A puts its zero channels.</summary>
    /// <value>Default: <see cref="ZeroPadding.After"/>.</value>
    public ZeroPadding ZeroPadding { get; init; } = ZeroPadding.After;

    /// <summary>Which convolution of a bottleneck strides.</summary>
    /// <value>Default: <see cref="StridePlacement.Middle3x3"/>, torchvision's.</value>
    public StridePlacement BottleneckStride { get; init; } = StridePlacement.Middle3x3;

    /// <summary>Whether blocks have shortcuts; <see langword="false"/> gives the paper's plain counterpart.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool Residual { get; init; } = true;

    /// <summary>
    /// Batch normalisation and ReLU before each convolution instead of after it, as in "Identity Mappings in Deep Residual
    /// Networks" (He et al. 2016), with a last normalisation before the pooling.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool PreActivation { get; init; }

    /// <summary>Groups of a bottleneck's 3×3 convolution, the cardinality of ResNeXt.</summary>
    /// <value>1 or more; default: 1. Other than 1 needs bottlenecks.</value>
    public int Groups { get; init; } = 1;

    /// <summary>Channels of a group for a stage of width 64, torchvision's meaning: 128 makes wide_resnet50_2 of ResNet-50.</summary>
    /// <value>1 or more; default: 64. Other than 64 needs bottlenecks.</value>
    public int WidthPerGroup { get; init; } = 64;

    /// <summary>Classes the classifier tells apart.</summary>
    /// <value>1 or more; default: 1000.</value>
    public int ClassCount { get; init; } = 1000;

    /// <summary>
    /// Whether the last batch normalisation of every block starts at scale 0, so that each block starts as its shortcut.
    /// Only for residual networks without <see cref="PreActivation"/>.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ZeroInitResidual { get; init; }

    /// <summary>How fresh weights are drawn.</summary>
    /// <value>Default: <see cref="Initialization.Paper"/>.</value>
    public Initialization Initialization { get; init; } = Initialization.Paper;

    /// <summary>Layers with weights on the longest way through, as the paper counts: stem, convolutions of all blocks, classifier.</summary>
    public int Depth => 2 + (BlocksPerStage.Sum() * (Block == BlockKind.Basic ? 2 : 3));

    /// <summary>
    /// Width or height of the last map, which is averaged before the classifier: 7 for pictures of 224 (Table 1), 8 for CIFAR's of 32 (4.2).
    /// </summary>
    /// <param name="inputSize">Width or height of the pictures, at least 1.</param>
    /// <returns>At least 1: the stem of ImageNet halves twice, and each stage but the first once, all rounding up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int LastMapSize(int inputSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        int halvings = (Stem == StemKind.ImageNet ? 2 : 0) + BlocksPerStage.Count - 1;
        return (int)((inputSize + (1L << halvings) - 1) >> halvings);
    }

    /// <summary>Compares value by value, the stages' block counts too.</summary>
    /// <param name="other">The options to compare with.</param>
    /// <returns>Whether both describe the same network.</returns>
    public bool Equals(ResNetOptions? other)
    {
        return other is not null
            && BlocksPerStage.SequenceEqual(other.BlocksPerStage)
            && Scalars == other.Scalars;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Scalars);
        foreach (int count in BlocksPerStage)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    private (BlockKind, StemKind, int, int, ShortcutOption, ZeroPadding, StridePlacement, (bool, bool, bool), (int, int, int), Initialization) Scalars =>
        (Block, Stem, BaseWidth, InputChannels, Shortcut, ZeroPadding, BottleneckStride,
            (Residual, PreActivation, ZeroInitResidual), (Groups, WidthPerGroup, ClassCount), Initialization);
}
