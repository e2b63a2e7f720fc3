namespace ResNet.Training;

/// <summary>Where an error lies that was measured on some pictures: the 95 % interval for the error on all pictures of their kind.</summary>
/// <param name="Low">The lower end: 0 to 1, of a difference -1 to 1.</param>
/// <param name="High">The upper end: 0 to 1, of a difference -1 to 1.</param>
/// <remarks>
/// Wilson's score interval, which stays within 0 and 1 and is honest for few pictures and for errors near 0, where the usual "error ± 1.96 standard
/// errors" is not. It speaks of the choice of pictures alone, not of how another training run would have come out.
/// </remarks>
public readonly record struct ErrorInterval(double Low, double High)
{
    /// <summary>The normal distribution's quantile for 97.5 %.</summary>
    internal const double Quantile = 1.959963984540054;

    /// <summary>Wilson's 95 % interval.</summary>
    /// <param name="wrong">Pictures answered wrongly, 0 to <paramref name="count"/>.</param>
    /// <param name="count">Pictures in all, at least 1.</param>
    /// <returns>The interval around <paramref name="wrong"/> / <paramref name="count"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no pictures, or fewer than wrong ones.</exception>
    public static ErrorInterval Wilson(int wrong, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(wrong);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wrong, count);
        double share = (double)wrong / count, square = Quantile * Quantile;
        double scale = 1 / (1 + (square / count));
        double middle = scale * (share + (square / (2 * count)));
        double half = scale * Quantile * Math.Sqrt((share * (1 - share) / count) + (square / (4.0 * count * count)));

        // Rounding must not move the ends that the formula puts exactly there.
        return new ErrorInterval(wrong == 0 ? 0 : middle - half, wrong == count ? 1 : middle + half);
    }
}
