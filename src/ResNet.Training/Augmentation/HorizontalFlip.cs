using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Exchanges left and right with a given probability (the paper's sections 3.4 and 4.2).</summary>
public sealed record HorizontalFlip : ITransform
{
    /// <summary>How often a picture is flipped.</summary>
    /// <value>0 (never) to 1 (always). Default: 0.5.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not a number from 0 to 1.</exception>
    public double Probability
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Probability must be a number from 0 to 1.");
    } = 0.5;

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() < Probability)
        {
            canvas.Mirror();
        }
    }
}
