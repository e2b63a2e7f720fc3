namespace ResNet.Training;

/// <summary>What a convolution sees beyond the border of a picture.</summary>
internal enum Border
{
    /// <summary>The pixel at the border, again and again.</summary>
    Repeated,

    /// <summary>The picture's mirror image, the pixel at the border not repeated.</summary>
    Mirrored,
}
