using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Shifts the colours of a picture along the principal components of ImageNet's colours: the colour augmentation of A. Krizhevsky et al.
/// (AlexNet, NIPS 2012, section 4.1), which the paper uses (section 3.4).
/// </summary>
/// <remarks>
/// For pixels in [0, 1], channel i grows by the sum over the components j of <c>vector[i, j] * alpha[j] * value[j]</c>, where alpha is normal
/// with mean 0, drawn once for a picture. Here pixels are bytes: the sum times 255 is rounded to a whole number (halves to the even one), added,
/// and the result clamped to 0 to 255, which is the same as rounding each sum.
/// </remarks>
public sealed record PcaLighting : ITransform
{
    // As widely used for ImageNet: a row for each channel (red, green, blue), a column for each component.
    private static readonly double[] Values = [0.2175, 0.0188, 0.0045];
    private static readonly double[] Vectors = [-0.5675, 0.7192, 0.4009, -0.5808, -0.0045, -0.8140, -0.5836, -0.6948, 0.4203];

    /// <summary>The standard deviation of alpha.</summary>
    /// <value>At least 0; at 0 pictures stay as they are. Default: 0.1, AlexNet's.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not finite.</exception>
    public double StdDev { get; init => field = TransformChecks.NotNegative(value, nameof(StdDev)); } = 0.1;

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        double first = random.Normal() * StdDev * Values[0];
        double second = random.Normal() * StdDev * Values[1];
        double third = random.Normal() * StdDev * Values[2];
        PixelTables.Add(canvas, Shift(0), Shift(1), Shift(2));

        int Shift(int channel)
        {
            double sum = (Vectors[3 * channel] * first) + (Vectors[(3 * channel) + 1] * second) + (Vectors[(3 * channel) + 2] * third);
            return (int)Math.Round(255 * Math.Clamp(sum, -1, 1), MidpointRounding.ToEven);
        }
    }
}
