namespace ResNet.Training;

/// <summary>What <see cref="TrivialAugmentWide"/> and <see cref="RandAugment"/> choose from, in torchvision's order.</summary>
internal enum AugmentOperation
{
    Identity,
    ShearX,
    ShearY,
    TranslateX,
    TranslateY,
    Rotate,
    Brightness,
    Color,
    Contrast,
    Sharpness,
    Posterize,
    Solarize,
    AutoContrast,
    Equalize,
}
