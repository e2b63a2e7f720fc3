using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Does a few random changes of one given strength: E. D. Cubuk et al., "RandAugment: Practical Automated Data Augmentation with a Reduced
/// Search Space" (NeurIPS 2020), with torchvision's operations and ranges.
/// </summary>
/// <remarks>
/// Equally likely are: no change, shears (up to 0.3), moves (up to 150/331 of the side), a turn (up to 30 degrees), brightness, saturation,
/// contrast and sharpness (factors 0.1 to 1.9), fewer bits (8 to 4), solarizing (from 255 to 0), stretching and equalizing of the histograms.
/// Geometry takes the nearest pixel; what comes in from outside is black, or, where a move is the last change of pixels and a
/// <see cref="Normalization.PixelMean"/> is subtracted, zero after it.
/// </remarks>
public sealed record RandAugment : ITransform
{
    /// <summary>How many changes are made, one after another; the same one may come up again.</summary>
    /// <value>At least 0. Default: 2.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int OperationCount
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "OperationCount must be at least 0.");
    } = 2;

    /// <summary>How strong the changes are, in steps of 1/30 of each range.</summary>
    /// <value>0 to 30. Default: 9.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0 or above 30.</exception>
    public int Magnitude
    {
        get;
        init => field = value is >= 0 and < AugmentOperations.BinCount
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Magnitude must be from 0 to 30.");
    } = 9;

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        for (int i = 0; i < OperationCount; i++)
        {
            var operation = (AugmentOperation)random.Next(AugmentOperations.Count);
            double magnitude = MagnitudeOf(operation, Magnitude, canvas.Width, canvas.Height);
            bool isReversed = random.Next(2) == 1;
            AugmentOperations.Apply(canvas, operation, isReversed && AugmentOperations.IsSigned(operation) ? -magnitude : magnitude);
        }
    }

    internal static double MagnitudeOf(AugmentOperation operation, int bin, int width, int height) => operation switch
    {
        AugmentOperation.ShearX or AugmentOperation.ShearY => AugmentOperations.At(bin, 0.3),
        AugmentOperation.TranslateX => AugmentOperations.At(bin, 150.0 / 331 * width),
        AugmentOperation.TranslateY => AugmentOperations.At(bin, 150.0 / 331 * height),
        AugmentOperation.Rotate => AugmentOperations.At(bin, 30),
        AugmentOperation.Posterize => AugmentOperations.Bits(bin, 4),
        AugmentOperation.Solarize => 255 - AugmentOperations.At(bin, 255),
        _ => AugmentOperations.At(bin, 0.9),
    };
}
