namespace ResNet.Training;

/// <summary>How numbers spread.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Median">Half of them are at most this; of an even count, the mean of the middle two.</param>
/// <param name="Maximum">The largest.</param>
public sealed record NumberRange(double Minimum, double Median, double Maximum)
{
    /// <summary>Sorts numbers.</summary>
    /// <param name="numbers">One or more; not changed.</param>
    /// <returns>Their range.</returns>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static NumberRange Of(IEnumerable<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        double[] sorted = [.. numbers];
        if (sorted.Length == 0)
        {
            throw new ArgumentException("There are no numbers, so they have no range.", nameof(numbers));
        }

        Array.Sort(sorted);
        return new NumberRange(sorted[0], (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[^1]);
    }
}
