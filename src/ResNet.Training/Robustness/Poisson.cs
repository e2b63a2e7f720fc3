namespace ResNet.Training;

/// <summary>Poisson-distributed numbers from one uniform number each, by looking from the most probable number outwards: about as many steps as the
/// standard deviation.</summary>
internal static class Poisson
{
    private const double Negligible = 1e-20;

    /// <summary>How probable a number is.</summary>
    /// <param name="mean">The distribution's mean, at least 0.</param>
    /// <param name="number">The number, at least 0.</param>
    /// <param name="logFactorial">The logarithm of its factorial.</param>
    public static double Probability(double mean, int number, double logFactorial) =>
        number == 0 ? Math.Exp(-mean) : Math.Exp((number * Math.Log(mean)) - mean - logFactorial);

    /// <summary>The number that belongs to a uniform one.</summary>
    /// <param name="uniform">0 to 1; numbers lie on it in the order in which they are looked at, each as long as it is probable.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="atMode">The <see cref="Probability"/> of the mean rounded down.</param>
    public static int Find(double uniform, double mean, double atMode)
    {
        int mode = (int)mean, above = mode, below = mode;
        double atAbove = atMode, atBelow = atMode;
        uniform -= atMode;
        while (uniform >= 0)
        {
            above++;
            atAbove *= mean / above;
            uniform -= atAbove;
            if (uniform < 0)
            {
                return above;
            }

            atBelow *= below / mean;
            below--;
            uniform -= atBelow;
            if (uniform < 0)
            {
                return below;
            }

            if (atAbove < Negligible && atBelow < Negligible)
            {
                // All probabilities together are a little less than 1 in floating point.
                return mode;
            }
        }

        return mode;
    }
}
