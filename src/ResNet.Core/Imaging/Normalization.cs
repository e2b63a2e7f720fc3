using System.Globalization;

namespace ResNet.Imaging;

/// <summary>
/// Turns a channel's byte b into the network's input: (b / 255 - mean) / standard deviation, in float32, operation by operation as
/// torchvision's <c>ToTensor</c> and <c>Normalize</c> do it.
/// </summary>
/// <remarks>Two normalizations are equal when their numbers are, those of a <see cref="PixelMean"/> included.</remarks>
public sealed record Normalization
{
    /// <summary>Of ImageNet's training set; what torchvision's ResNet weights expect.</summary>
    public static Normalization ImageNet { get; } = new() { Mean = [0.485f, 0.456f, 0.406f], StdDev = [0.229f, 0.224f, 0.225f] };

    /// <summary>Of CIFAR-10's training set.</summary>
    public static Normalization Cifar10 { get; } = new() { Mean = [0.4914f, 0.4822f, 0.4465f], StdDev = [0.2470f, 0.2435f, 0.2616f] };

    /// <summary>Only the division by 255: the network sees values in [0, 1].</summary>
    public static Normalization None { get; } = new() { Mean = [0f, 0f, 0f], StdDev = [1f, 1f, 1f] };

    /// <summary>The means of red, green and blue, for pixels in [0, 1]; with a <see cref="PixelMean"/>, those for pictures of another size than it.</summary>
    /// <value>Three finite numbers; copied.</value>
    /// <exception cref="ArgumentException">There are not three numbers, or one is not finite.</exception>
    public required IReadOnlyList<float> Mean { get; init => field = Checked(value, nameof(Mean), static x => float.IsFinite(x), "finite"); }

    /// <summary>The standard deviations of red, green and blue, for pixels in [0, 1].</summary>
    /// <value>Three finite numbers above 0; copied.</value>
    /// <exception cref="ArgumentException">There are not three numbers, or one is not finite and above 0.</exception>
    public required IReadOnlyList<float> StdDev
    {
        get;
        init => field = Checked(value, nameof(StdDev), static x => float.IsFinite(x) && x > 0, "finite and above 0");
    }

    /// <summary>The mean of the training set at each pixel, subtracted instead of <see cref="Mean"/> from pictures of its size (the paper, 3.4).</summary>
    /// <value>Default: null, every pixel has the same mean.</value>
    public PixelMean? PixelMean { get; init; }

    /// <summary>The paper's normalization: the mean at each pixel is subtracted, and nothing divided.</summary>
    /// <param name="mean">The mean; where a picture is not of its size, the means of its channels serve.</param>
    /// <returns>A normalization of standard deviation 1.</returns>
    public static Normalization OfPixelMean(PixelMean mean)
    {
        ArgumentNullException.ThrowIfNull(mean);
        return new Normalization { Mean = mean.ChannelMeans, StdDev = [1f, 1f, 1f], PixelMean = mean };
    }

    /// <summary>Whether both have the same means and standard deviations.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>True when all numbers are equal.</returns>
    public bool Equals(Normalization? other) =>
        other is not null && Mean.SequenceEqual(other.Mean) && StdDev.SequenceEqual(other.StdDev) && Equals(PixelMean, other.PixelMean);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (float number in Mean.Concat(StdDev))
        {
            hash.Add(number);
        }

        hash.Add(PixelMean);
        return hash.ToHashCode();
    }

    /// <summary>The means and standard deviations of the channels, for people, and the size of the mean at each pixel.</summary>
    /// <returns>Such as "mean 0.485 0.456 0.406, std 0.229 0.224 0.225".</returns>
    public override string ToString() =>
        $"mean {Text(Mean)}, std {Text(StdDev)}{(PixelMean is { } at ? $", mean at each pixel of {at.Width}x{at.Height}" : "")}";

    private static string Text(IEnumerable<float> values) => string.Join(' ', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static System.Collections.ObjectModel.ReadOnlyCollection<float> Checked(
        IReadOnlyList<float> value, string name, Func<float, bool> allowed, string rule)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.Count != 3 || !value.All(allowed))
        {
            throw new ArgumentException($"{name} must be three numbers (red, green, blue), {rule}, but is [{string.Join(", ", value)}].", name);
        }

        return Array.AsReadOnly(value.ToArray());
    }
}
