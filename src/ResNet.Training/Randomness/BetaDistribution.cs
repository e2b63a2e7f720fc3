namespace ResNet.Training;

/// <summary>Numbers of the symmetric beta distribution, from two of the gamma distribution by Marsaglia and Tsang's method (ACM TOMS 26, 2000).</summary>
internal static class BetaDistribution
{
    /// <summary>Draws from Beta(alpha, alpha).</summary>
    public static double Sample(double alpha, Random random)
    {
        double a = Gamma(alpha, random), b = Gamma(alpha, random);

        // For a tiny alpha both can be 0 in floating point; one of the ends is then what the distribution gives.
        return a + b > 0 ? a / (a + b) : random.Next(2);
    }

    private static double Gamma(double shape, Random random)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }

        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(random);
            double v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + (d * (1 - v + Math.Log(v))))
            {
                return d * v;
            }
        }
    }

    /// <summary>Box and Muller's method.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
