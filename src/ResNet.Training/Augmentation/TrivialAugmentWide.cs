using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Does one random change of random strength: S. Müller and F. Hutter, "TrivialAugment: Tuning-free Yet State-of-the-Art Data Augmentation"
/// (ICCV 2021), in its wide form, with torchvision's operations and ranges.
/// </summary>
/// <remarks>
/// Equally likely are: no change, shears (up to 0.99), moves (up to 32 pixels), a turn (up to 135 degrees), brightness, saturation, contrast
/// and sharpness (factors 0.01 to 1.99), fewer bits (8 to 2), solarizing (from 255 to 0), stretching and equalizing of the histograms. Ranges
/// have 31 steps. Geometry takes the nearest pixel; what comes in from outside is black, or, where a move is the last change of pixels
/// and a <see cref="Normalization.PixelMean"/> is subtracted, zero after it.
/// </remarks>
public sealed record TrivialAugmentWide : ITransform
{
    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        var operation = (AugmentOperation)random.Next(AugmentOperations.Count);
        double magnitude = Magnitude(operation, random.Next(AugmentOperations.BinCount));
        bool isReversed = random.Next(2) == 1;
        AugmentOperations.Apply(canvas, operation, isReversed && AugmentOperations.IsSigned(operation) ? -magnitude : magnitude);
    }

    internal static double Magnitude(AugmentOperation operation, int bin) => operation switch
    {
        AugmentOperation.TranslateX or AugmentOperation.TranslateY => AugmentOperations.At(bin, 32),
        AugmentOperation.Rotate => AugmentOperations.At(bin, 135),
        AugmentOperation.Posterize => AugmentOperations.Bits(bin, 6),
        AugmentOperation.Solarize => 255 - AugmentOperations.At(bin, 255),
        _ => AugmentOperations.At(bin, 0.99),
    };
}
