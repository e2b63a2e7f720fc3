using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>What the pictures of a data set are like.</summary>
/// <remarks>
/// Every picture counts the same, however large it is, as in training, where each gives a crop of one size. With m and v the mean and the
/// variance (divided by the number of pixels) of a channel of one picture, <see cref="Mean"/> is the mean of the m, and <see cref="StdDev"/>
/// the square root of the mean of the v plus the variance of the m: where all pictures have one size, exactly the mean and the standard
/// deviation over all pixels. m and v come of whole numbers, and the spread of the m is taken around their mean, so nothing cancels.
/// </remarks>
public sealed record DatasetStatistics
{
    /// <summary>How many pictures were read.</summary>
    public required int Count { get; init; }

    /// <summary>Widths in pixels, upright.</summary>
    public required NumberRange Width { get; init; }

    /// <summary>Heights in pixels, upright.</summary>
    public required NumberRange Height { get; init; }

    /// <summary>Width over height.</summary>
    public required NumberRange Aspect { get; init; }

    /// <summary>How many files there are of each format, as their first bytes say; the most frequent first. Empty where pictures are no files.</summary>
    public required IReadOnlyDictionary<string, int> Formats { get; init; }

    /// <summary>The means of red, green and blue, 0 to 1.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>The standard deviations of red, green and blue, 0 to 0.5.</summary>
    public required IReadOnlyList<double> StdDev { get; init; }

    /// <summary>The normalization that gives these pictures mean 0 and standard deviation 1.</summary>
    /// <returns>Mean and standard deviation as float32.</returns>
    /// <exception cref="ArgumentException">A channel is the same everywhere, so its standard deviation is 0.</exception>
    public Normalization ToNormalization() => new()
    {
        Mean = [.. Mean.Select(value => (float)value)],
        StdDev = [.. StdDev.Select(value => (float)value)],
    };

    internal static DatasetStatistics? Of(PictureFacts[] pictures)
    {
        PictureFacts[] read = [.. pictures.Where(facts => facts.Unreadable is null)];
        if (read.Length == 0)
        {
            return null;
        }

        var (red, green, blue) = (
            Channel(read, static facts => (facts.Mean.Red, facts.Variance.Red)),
            Channel(read, static facts => (facts.Mean.Green, facts.Variance.Green)),
            Channel(read, static facts => (facts.Mean.Blue, facts.Variance.Blue)));
        return new DatasetStatistics
        {
            Count = read.Length,
            Width = NumberRange.Of(read.Select(facts => (double)facts.Width)),
            Height = NumberRange.Of(read.Select(facts => (double)facts.Height)),
            Aspect = NumberRange.Of(read.Select(facts => (double)facts.Width / facts.Height)),
            Formats = read.GroupBy(facts => facts.Format, StringComparer.Ordinal)
                .Where(group => group.Key is not null)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .ToDictionary(group => group.Key!, group => group.Count(), StringComparer.Ordinal),
            Mean = [red.Mean, green.Mean, blue.Mean],
            StdDev = [red.StdDev, green.StdDev, blue.StdDev],
        };
    }

    private static (double Mean, double StdDev) Channel(PictureFacts[] pictures, Func<PictureFacts, (double Mean, double Variance)> of)
    {
        double mean = pictures.Average(facts => of(facts).Mean);
        double variance = pictures.Average(facts => of(facts) is var (m, v) ? v + ((m - mean) * (m - mean)) : 0);
        return (mean / byte.MaxValue, Math.Sqrt(variance) / byte.MaxValue);
    }
}
