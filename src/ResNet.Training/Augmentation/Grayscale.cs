using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Takes the colours away with a given probability, as torchvision's <c>RandomGrayscale</c>: all channels become the luma of the pixel,
/// 0.2989 red + 0.587 green + 0.114 blue, rounded down.</summary>
public sealed record Grayscale : ITransform
{
    /// <summary>How often a picture becomes grey.</summary>
    /// <value>0 (never) to 1 (always). Default: 0.1.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not a number from 0 to 1.</exception>
    public double Probability { get; init => field = TransformChecks.Probability(value, nameof(Probability)); } = 0.1;

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() < Probability)
        {
            ColorAdjustment.Saturation(canvas, 0);
        }
    }
}
