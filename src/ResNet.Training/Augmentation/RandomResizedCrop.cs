using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Cuts out a rectangle of random area, aspect and place, and resizes it to a square: the augmentation of C. Szegedy et al., "Going Deeper
/// with Convolutions" (CVPR 2015), as torchvision's <c>RandomResizedCrop</c> defines it.
/// </summary>
/// <remarks>
/// Ten rectangles are tried. Where none lies within the picture the middle is cut out: all of it, or, where the picture itself is narrower or
/// wider than <see cref="Ratio"/> allows, as much of it as the nearest ratio leaves.
/// </remarks>
public sealed record RandomResizedCrop : ITransform
{
    private const int TryCount = 10;

    /// <summary>Width and height of the result in pixels.</summary>
    /// <value>At least 1. Default: 224.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Size { get; init => field = TransformChecks.Size(value, nameof(Size)); } = 224;

    /// <summary>The smallest and the largest area of the rectangle, as shares of the picture's; uniform in between.</summary>
    /// <value>Above 0 and at most 1, the smaller number first. Default: (0.08, 1).</value>
    /// <exception cref="ArgumentOutOfRangeException">Not such a range.</exception>
    public (double Min, double Max) Scale { get; init => field = TransformChecks.Share(value, nameof(Scale)); } = (0.08, 1);

    /// <summary>The smallest and the largest width divided by height of the rectangle; the logarithm is uniform in between.</summary>
    /// <value>Above 0, the smaller number first. Default: (3/4, 4/3).</value>
    /// <exception cref="ArgumentOutOfRangeException">Not such a range.</exception>
    public (double Min, double Max) Ratio { get; init => field = TransformChecks.Ratio(value, nameof(Ratio)); } = (3.0 / 4, 4.0 / 3);

    /// <summary>The filter of the resize.</summary>
    /// <value>Default: <see cref="ResizeFilter.Bilinear"/>.</value>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        var window = Window(canvas.Width, canvas.Height, random);
        canvas.Crop(window.X, window.Y, window.Width, window.Height);
        canvas.Resize(Size, Size, Filter);
    }

    /// <summary>The rectangle that is cut out of a picture of this size.</summary>
    internal (int X, int Y, int Width, int Height) Window(int width, int height, Random random)
    {
        for (int i = 0; i < TryCount; i++)
        {
            var (w, h) = random.Rectangle(width, height, Scale, Ratio);
            if (w > 0 && w <= width && h > 0 && h <= height)
            {
                int y = random.Next(height - h + 1);
                int x = random.Next(width - w + 1);
                return (x, y, w, h);
            }
        }

        return Fallback(width, height);
    }

    private (int X, int Y, int Width, int Height) Fallback(int width, int height)
    {
        double ratio = (double)width / height;
        int w = ratio > Ratio.Max ? Math.Max(1, Draws.Rounded(height * Ratio.Max)) : width;
        int h = ratio < Ratio.Min ? Math.Max(1, Draws.Rounded(width / Ratio.Min)) : height;
        return ((width - w) / 2, (height - h) / 2, w, h);
    }
}
