namespace ResNet;

public sealed partial record ResNetOptions
{
    /// <summary>ResNet-18: 2, 2, 2, 2 basic blocks; 11,689,512 parameters.</summary>
    public static ResNetOptions ResNet18 { get; } = ImageNet(BlockKind.Basic, 2, 2, 2, 2);

    /// <summary>ResNet-34: 3, 4, 6, 3 basic blocks; 21,797,672 parameters.</summary>
    public static ResNetOptions ResNet34 { get; } = ImageNet(BlockKind.Basic, 3, 4, 6, 3);

    /// <summary>ResNet-50: 3, 4, 6, 3 bottlenecks; 25,557,032 parameters.</summary>
    public static ResNetOptions ResNet50 { get; } = ImageNet(BlockKind.Bottleneck, 3, 4, 6, 3);

    /// <summary>ResNet-101: 3, 4, 23, 3 bottlenecks; 44,549,160 parameters.</summary>
    public static ResNetOptions ResNet101 { get; } = ImageNet(BlockKind.Bottleneck, 3, 4, 23, 3);

    /// <summary>ResNet-152: 3, 8, 36, 3 bottlenecks; 60,192,808 parameters.</summary>
    public static ResNetOptions ResNet152 { get; } = ImageNet(BlockKind.Bottleneck, 3, 8, 36, 3);

    /// <summary>ResNeXt-50 32×4d ("Aggregated Residual Transformations"): ResNet-50 with 32 groups of 4 channels; 25,028,904 parameters.</summary>
    public static ResNetOptions ResNeXt50_32x4d { get; } = ResNet50 with { Groups = 32, WidthPerGroup = 4 };

    /// <summary>ResNeXt-101 32×8d: ResNet-101 with 32 groups of 8 channels; 88,791,336 parameters.</summary>
    public static ResNetOptions ResNeXt101_32x8d { get; } = ResNet101 with { Groups = 32, WidthPerGroup = 8 };

    /// <summary>ResNeXt-101 64×4d: ResNet-101 with 64 groups of 4 channels; 83,455,272 parameters.</summary>
    public static ResNetOptions ResNeXt101_64x4d { get; } = ResNet101 with { Groups = 64, WidthPerGroup = 4 };

    /// <summary>Wide ResNet-50-2 ("Wide Residual Networks"): ResNet-50 with 3×3 convolutions twice as wide; 68,883,240 parameters.</summary>
    public static ResNetOptions WideResNet50_2 { get; } = ResNet50 with { WidthPerGroup = 128 };

    /// <summary>Wide ResNet-101-2: ResNet-101 with 3×3 convolutions twice as wide; 126,886,696 parameters.</summary>
    public static ResNetOptions WideResNet101_2 { get; } = ResNet101 with { WidthPerGroup = 128 };

    /// <summary>
    /// A network of section 4.2 for 32×32 pictures and ten classes: three stages of widths 16, 32 and 64, option A.
    /// Bottlenecks (from "Identity Mappings in Deep Residual Networks") put out 64, 128 and 256 channels and stride in the first 1×1.
    /// </summary>
    /// <param name="depth">6n+2 for basic blocks (20, 32, 44, 56, 110, 1202), 9n+2 for bottlenecks (164, 1001).</param>
    /// <param name="block">The block; default: <see cref="BlockKind.Basic"/>.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such network has that depth; the message names the nearest ones.</exception>
    public static ResNetOptions Cifar(int depth, BlockKind block = BlockKind.Basic)
    {
        int layersPerStep = block == BlockKind.Basic ? 6 : 9;
        int blockCount = (depth - 2) / layersPerStep;
        if (depth < layersPerStep + 2 || (depth - 2) % layersPerStep != 0)
        {
            int below = (Math.Max(1, blockCount) * layersPerStep) + 2;
            throw new ArgumentOutOfRangeException(
                nameof(depth), depth, $"A CIFAR network of {block} blocks has {layersPerStep}n+2 layers; the nearest depths are {below} and {below + layersPerStep}.");
        }

        return new ResNetOptions
        {
            Block = block,
            BlocksPerStage = [blockCount, blockCount, blockCount],
            Stem = StemKind.Cifar,
            BaseWidth = 16,
            Shortcut = ShortcutOption.A,
            BottleneckStride = block == BlockKind.Bottleneck ? StridePlacement.First1x1 : StridePlacement.Middle3x3,
            ClassCount = 10,
        };
    }

    private static ResNetOptions ImageNet(BlockKind block, params int[] blocksPerStage) =>
        new() { Block = block, BlocksPerStage = blocksPerStage.AsReadOnly() };
}
