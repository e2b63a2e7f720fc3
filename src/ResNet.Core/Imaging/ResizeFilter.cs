namespace ResNet.Imaging;

/// <summary>
/// How a picture is resampled. All are antialiased: when shrinking, the filter grows with the scale, so that every source pixel counts.
/// </summary>
public enum ResizeFilter
{
    /// <summary>Triangle filter, as <c>PIL.Image.BILINEAR</c>: what torchvision's first weights (V1) and most of its V2 expect.</summary>
    Bilinear,

    /// <summary>Cubic convolution with a = -0.5, as <c>PIL.Image.BICUBIC</c>.</summary>
    Bicubic,

    /// <summary>The mean of what a pixel covers, as <c>PIL.Image.BOX</c>. Enlarging repeats pixels. Networks are trained with the other two.</summary>
    Box,
}
