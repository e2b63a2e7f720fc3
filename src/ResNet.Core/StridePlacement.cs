namespace ResNet;

/// <summary>Which convolution of a bottleneck halves the map. Keys and shapes are the same for both, results are not.</summary>
public enum StridePlacement
{
    /// <summary>The first 1×1 convolution, as in the models the authors released.</summary>
    First1x1,

    /// <summary>The 3×3 convolution, as in torchvision and fb.resnet.torch ("v1.5"): a little more work, a little more accurate.</summary>
    Middle3x3,
}
