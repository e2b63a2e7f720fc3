namespace ResNet;

/// <summary>What stands before the first stage.</summary>
public enum StemKind
{
    /// <summary>7×7 convolution with stride 2, then a 3×3 max pool with stride 2: 224×224 becomes 56×56 (Table 1).</summary>
    ImageNet,

    /// <summary>One 3×3 convolution with stride 1: 32×32 stays 32×32 (section 4.2).</summary>
    Cifar,
}
