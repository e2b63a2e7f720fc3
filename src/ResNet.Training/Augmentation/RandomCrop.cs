using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Cuts out a square at a random place, all places being equally likely (the paper's section 3.4: 224 x 224).</summary>
/// <remarks>
/// A picture whose shorter side is shorter than the square is resized first, until that side is as long, as <see cref="Preprocessing"/> does
/// it: padding would teach a network borders that it never sees when it is used.
/// </remarks>
public sealed record RandomCrop : ITransform
{
    /// <summary>Width and height of the square in pixels.</summary>
    /// <value>At least 1. Default: 224, the paper's.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Size { get; init => field = TransformChecks.Size(value, nameof(Size)); } = 224;

    /// <summary>The filter with which pictures smaller than the square are resized.</summary>
    /// <value>Default: <see cref="ResizeFilter.Bilinear"/>.</value>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        if (Math.Min(canvas.Width, canvas.Height) < Size)
        {
            canvas.ResizeShorterSide(Size, Filter);
        }

        int x = random.Next(canvas.Width - Size + 1);
        int y = random.Next(canvas.Height - Size + 1);
        canvas.Crop(x, y, Size, Size);
    }
}
