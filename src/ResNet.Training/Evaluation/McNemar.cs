namespace ResNet.Training;

/// <summary>McNemar's exact test of two networks on the same pictures.</summary>
internal static class McNemar
{
    /// <summary>Terms below it are 0: products of the smallest doubles are rounded up again and again, and never end.</summary>
    private const double Nothing = 1e-300;

    /// <summary>
    /// How probable it is that the pictures on which only one of two equally good networks is right fall as unevenly as this, or more so: the binomial
    /// distribution of a fair coin, both tails.
    /// </summary>
    /// <param name="onlyA">Pictures that only the first has right.</param>
    /// <param name="onlyB">Pictures that only the second has right.</param>
    /// <returns>0 to 1; 1 where both are equal. Below 1e-300 it comes out as 0.</returns>
    public static double PValue(int onlyA, int onlyB)
    {
        long count = (long)onlyA + onlyB;
        long fewer = Math.Min(onlyA, onlyB), middle = count / 2;

        // From the middle of the distribution outwards, where terms are neither too large nor too small for a double: no factorial is ever formed,
        // and no logarithm, whose rounding would cost digits.
        double term = 1;
        for (long i = 1; i <= middle; i++)
        {
            term *= ((2 * i) - 1) / (2.0 * i);
        }

        if (count % 2 == 1)
        {
            term *= count / (2.0 * (middle + 1));
        }

        double tail = 0;
        for (long i = middle; i >= 0 && term > Nothing; i--)
        {
            tail += i <= fewer ? term : 0;
            term *= i / (count - i + 1.0);
        }

        return Math.Min(1, 2 * tail);
    }
}
