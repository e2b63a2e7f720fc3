using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Changes brightness, contrast, saturation and hue by random amounts, in random order, as torchvision's <c>ColorJitter</c> does it with
/// tensors of bytes (with Pillow's pictures it rounds, and turns hues in steps of 1/256, otherwise).
/// </summary>
public sealed record ColorJitter : ITransform
{
    /// <summary>How much brightness changes: its factor is uniform from max(0, 1 - value) to 1 + value.</summary>
    /// <value>At least 0, which leaves it. Default: 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not finite.</exception>
    public double Brightness { get; init => field = TransformChecks.NotNegative(value, nameof(Brightness)); }

    /// <summary>How much contrast changes: its factor is uniform from max(0, 1 - value) to 1 + value.</summary>
    /// <value>At least 0, which leaves it. Default: 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not finite.</exception>
    public double Contrast { get; init => field = TransformChecks.NotNegative(value, nameof(Contrast)); }

    /// <summary>How much saturation changes: its factor is uniform from max(0, 1 - value) to 1 + value.</summary>
    /// <value>At least 0, which leaves it. Default: 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or not finite.</exception>
    public double Saturation { get; init => field = TransformChecks.NotNegative(value, nameof(Saturation)); }

    /// <summary>How much the hue turns: uniform from -value to value, where 1 would be all around.</summary>
    /// <value>0, which leaves it, to 0.5. Default: 0.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not a number from 0 to 0.5.</exception>
    public double Hue
    {
        get;
        init => field = value is >= 0 and <= 0.5
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Hue must be a number from 0 to 0.5.");
    }

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        Span<int> order = [0, 1, 2, 3];
        for (int last = order.Length - 1; last > 0; last--)
        {
            int other = random.Next(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        double brightness = Factor(Brightness, random), contrast = Factor(Contrast, random), saturation = Factor(Saturation, random);
        double hue = Hue == 0 ? 0 : random.Uniform((-Hue, Hue));
        foreach (int change in order)
        {
            switch (change)
            {
                case 0:
                    ColorAdjustment.Brightness(canvas, brightness);
                    break;
                case 1:
                    ColorAdjustment.Contrast(canvas, contrast);
                    break;
                case 2:
                    ColorAdjustment.Saturation(canvas, saturation);
                    break;
                default:
                    ColorAdjustment.Hue(canvas, hue);
                    break;
            }
        }
    }

    private static double Factor(double value, Random random) => value == 0 ? 1 : random.Uniform((Math.Max(0, 1 - value), 1 + value));
}
