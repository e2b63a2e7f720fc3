using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Paints over a rectangle of random area, aspect and place: Z. Zhong et al., "Random Erasing Data Augmentation" (AAAI 2020), as torchvision's
/// <c>RandomErasing</c> defines it.
/// </summary>
/// <remarks>
/// torchvision erases after normalization, where its default value, 0, is the mean colour. Here bytes are erased, before it; the default
/// <see cref="Fill"/> is therefore the mean colour. Ten rectangles are tried; where none is smaller than the picture, it stays as it is.
/// </remarks>
public sealed record RandomErasing : ITransform
{
    private const int TryCount = 10;

    /// <summary>How often a picture loses a rectangle.</summary>
    /// <value>0 (never) to 1 (always). Default: 0.5.</value>
    /// <exception cref="ArgumentOutOfRangeException">Not a number from 0 to 1.</exception>
    public double Probability { get; init => field = TransformChecks.Probability(value, nameof(Probability)); } = 0.5;

    /// <summary>The smallest and the largest area of the rectangle, as shares of the picture's; uniform in between.</summary>
    /// <value>Above 0 and at most 1, the smaller number first. Default: (0.02, 0.33).</value>
    /// <exception cref="ArgumentOutOfRangeException">Not such a range.</exception>
    public (double Min, double Max) Scale { get; init => field = TransformChecks.Share(value, nameof(Scale)); } = (0.02, 0.33);

    /// <summary>The smallest and the largest height divided by width of the rectangle; the logarithm is uniform in between.</summary>
    /// <value>Above 0, the smaller number first. Default: (0.3, 3.3).</value>
    /// <exception cref="ArgumentOutOfRangeException">Not such a range.</exception>
    public (double Min, double Max) Ratio { get; init => field = TransformChecks.Ratio(value, nameof(Ratio)); } = (0.3, 3.3);

    /// <summary>What is painted.</summary>
    /// <value>Default: the mean colour of <see cref="Normalization.ImageNet"/>, 124 116 104.</value>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public ErasingFill Fill
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = ErasingFill.Mean(Normalization.ImageNet);

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        if (random.NextDouble() >= Probability || Window(canvas.Width, canvas.Height, random) is not { } window)
        {
            return;
        }

        Span<byte> pixels = canvas.Edit();
        for (int y = window.Y; y < window.Y + window.Height; y++)
        {
            Fill.Paint(pixels.Slice(3 * ((y * canvas.Width) + window.X), 3 * window.Width), random);
        }
    }

    /// <summary>The rectangle that is erased from a picture of this size, or none.</summary>
    internal (int X, int Y, int Width, int Height)? Window(int width, int height, Random random)
    {
        for (int i = 0; i < TryCount; i++)
        {
            var (h, w) = random.Rectangle(height, width, Scale, Ratio);
            if (w < width && h < height)
            {
                int y = random.Next(height - h + 1);
                int x = random.Next(width - w + 1);
                return (x, y, w, h);
            }
        }

        return null;
    }
}
