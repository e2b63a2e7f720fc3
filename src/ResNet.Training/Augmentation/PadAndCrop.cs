using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Pads a picture with black on each side and cuts a window of the picture's own size out of it, at a random place (the paper's section 4.2:
/// 4 pixels, 32 x 32). The padded picture itself is never built.
/// </summary>
/// <remarks>
/// Black is padded before normalisation, as most rebuilders do. The paper subtracts the mean first, so that its padding is the mean's colour.
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
    public RgbImage Apply(RgbImage image, Random random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        int x = random.Next(-Padding, Padding + 1);
        int y = random.Next(-Padding, Padding + 1);
        if (x == 0 && y == 0)
        {
            return image;
        }

        // A window that lies in the padding alone is black; where it starts does not matter then.
        return Shift(image, Math.Clamp(x, -image.Width, image.Width), Math.Clamp(y, -image.Height, image.Height));
    }

    private static RgbImage Shift(RgbImage image, int x, int y)
    {
        byte[] pixels = new byte[image.Pixels.Length];
        int stride = 3 * image.Width;
        int width = image.Width - Math.Abs(x);
        int from = 3 * Math.Max(0, x);
        int to = 3 * Math.Max(0, -x);
        for (int row = Math.Max(0, -y); row < Math.Min(image.Height, image.Height - y); row++)
        {
            image.Pixels.AsSpan(((row + y) * stride) + from, 3 * width).CopyTo(pixels.AsSpan((row * stride) + to));
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }
}
