namespace ResNet;

/// <summary>The two residual functions of the paper's Figure 5.</summary>
public enum BlockKind
{
    /// <summary>Two 3×3 convolutions (ResNet-18, ResNet-34 and the CIFAR-10 networks).</summary>
    Basic,

    /// <summary>1×1 reduce, 3×3, 1×1 restore to four times the width (ResNet-50, -101 and -152).</summary>
    Bottleneck,
}
