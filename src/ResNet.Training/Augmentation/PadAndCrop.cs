using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Pads a picture with black on each side and cuts a window of the picture's own size out of it, at a random place (the paper's section 4.2:
/// 4 pixels, 32 x 32). The padded picture itself is never built.
/// </summary>
/// <remarks>
/// Black is padded before normalisation, as most rebuilders do. Under a <see cref="Normalization.PixelMean"/> the mean is subtracted first and
/// zeros are padded, as in the paper.
/// </remarks>
public sealed record PadAndCrop : ITransform
{
    /// <summary>How many pixels are added on each of the four sides.</summary>
    /// <value>At least 0. Default: 4, the paper's.</value>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Padding
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Padding must be at least 0.");
    } = 4;

    /// <inheritdoc/>
    public void Apply(ImageCanvas canvas, Random random)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(random);
        canvas.Crop(random.Next(-Padding, Padding + 1), random.Next(-Padding, Padding + 1), canvas.Width, canvas.Height);
    }
}
