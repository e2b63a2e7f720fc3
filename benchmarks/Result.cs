namespace ResNet.Benchmarks;

/// <summary>The numbers of all rounds.</summary>
internal sealed record Result(Measurement Measurement, IReadOnlyList<double> Values)
{
    public double Median
    {
        get
        {
            double[] sorted = [.. Values.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    public double Minimum => Values.Min();

    public double Maximum => Values.Max();

    public bool MissesLimit => (Measurement.Limit is { } limit && Median > limit) || (Measurement.Least is { } least && Median < least);
}
