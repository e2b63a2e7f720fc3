using System.Globalization;

namespace ResNet.Imaging;

/// <summary>
/// The mean of a training set at each pixel and channel, which the paper subtracts (3.4, 4.2). Part of <see cref="Normalization"/>. Two means
/// are equal when their sizes and numbers are.
/// </summary>
public sealed class PixelMean : IEquatable<PixelMean>
{
    private readonly float[] _values;

    /// <summary>Copies the numbers.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="values">
    /// Exactly 3 * <paramref name="width"/> * <paramref name="height"/> numbers from 0 to 1 (a byte's 255 is 1), laid out as
    /// <see cref="RgbImage.Pixels"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is below 1.</exception>
    /// <exception cref="ArgumentException">There are more or fewer numbers, or one is not from 0 to 1.</exception>
    public PixelMean(int width, int height, ReadOnlyMemory<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (values.Length != 3L * width * height)
        {
            throw new ArgumentException(
                $"A mean of {width}x{height} has {3L * width * height} numbers (3 a pixel), but there are {values.Length}.", nameof(values));
        }

        foreach (float value in values.Span)
        {
            if (value is not (>= 0 and <= 1))
            {
                throw new ArgumentException($"The mean of a pixel is from 0 to 1, but one is {value}; divide means of bytes by 255.", nameof(values));
            }
        }

        Width = width;
        Height = height;
        _values = values.ToArray();
        ChannelMeans = Array.AsReadOnly(Enumerable.Range(0, 3).Select(MeanOf).ToArray());
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The means of red, green and blue over all pixels, each from 0 to 1.</summary>
    public IReadOnlyList<float> ChannelMeans { get; }

    /// <summary>The means, each from 0 to 1: channel c (0 red, 1 green, 2 blue) of column x, row y is at 3 * (y * Width + x) + c.</summary>
    public ReadOnlyMemory<float> Values => _values;

    /// <summary>Computes the mean of pictures, exactly, and rounds it to float32 at the end.</summary>
    /// <param name="images">At least one picture, all of one size; enumerated once.</param>
    /// <param name="cancellationToken">Ends it between two pictures.</param>
    /// <returns>Their mean.</returns>
    /// <exception cref="ArgumentException">There is no picture, or the sizes differ.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PixelMean Of(IEnumerable<RgbImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        long[] sums = [];
        long count = 0;
        (int width, int height) = (0, 0);
        foreach (RgbImage image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count++ == 0)
            {
                (width, height) = (image.Width, image.Height);
                sums = new long[image.Pixels.Length];
            }

            if (image.Width != width || image.Height != height)
            {
                throw new ArgumentException(
                    $"All pictures of one mean must have the size of the first, {width}x{height}, but picture {count - 1} has "
                    + $"{image.Width}x{image.Height}; crop or resize them first.",
                    nameof(images));
            }

            byte[] pixels = image.Pixels;
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += pixels[i];
            }
        }

        return count > 0
            ? new PixelMean(width, height, Array.ConvertAll(sums, sum => (float)(sum / (255.0 * count))))
            : throw new ArgumentException("A mean needs at least one picture, but there is none.", nameof(images));
    }

    /// <inheritdoc/>
    public bool Equals(PixelMean? other) =>
        ReferenceEquals(this, other) || (other is not null && Width == other.Width && Height == other.Height && _values.AsSpan().SequenceEqual(other._values));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PixelMean);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Width);
        hash.Add(Height);

        // Not the bytes: 0 and -0 are equal.
        foreach (float mean in ChannelMeans)
        {
            hash.Add(mean);
        }

        return hash.ToHashCode();
    }

    /// <summary>The size and the means of the channels, for people.</summary>
    /// <returns>Such as "32x32, mean 0.4914 0.4822 0.4465".</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}, mean {string.Join(' ', ChannelMeans.Select(mean => mean.ToString(CultureInfo.InvariantCulture)))}");

    private float MeanOf(int channel)
    {
        double sum = 0;
        for (int i = channel; i < _values.Length; i += 3)
        {
            sum += _values[i];
        }

        return (float)(sum / (_values.Length / 3));
    }
}
