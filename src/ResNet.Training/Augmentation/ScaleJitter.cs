using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Resizes a picture so that its shorter side has a random length: the paper's scale augmentation (section 3.4). A <see cref="RandomCrop"/>
/// follows; only the pixels that it leaves are computed.
/// </summary>
public sealed record ScaleJitter : ITransform
{
    /// <summary>The least and the greatest length in pixels of the shorter side; all whole numbers between are equally likely.</summary>
    /// <value>At least 1, the smaller number first. Default: (256, 480), the paper's.</value>
    /// <exception cref="ArgumentOutOfRangeException">A length below 1, or the larger number first.</exception>
    public (int Min, int Max) ShorterSide
    {
        get;
        init => field = value.Min >= 1 && value.Min <= value.Max && value.Max < int.MaxValue
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "ShorterSide must be a range of lengths of at least 1, the smaller number first.");
    } = (256, 480);

    /// <summary>The filter of the resize.</summary>
    /// <value>Default: <see cref="ResizeFilter.Bilinear"/>.</value>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        canvas.ResizeShorterSide(random.Next(ShorterSide.Min, ShorterSide.Max + 1), Filter);
    }
}
