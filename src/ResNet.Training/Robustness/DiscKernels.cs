namespace ResNet.Training;

/// <summary>The discs of defocus blur: all pixels within a radius, smoothed by a Gauss that ends after a pixel or two.</summary>
internal static class DiscKernels
{
    /// <summary>Discs of a larger radius are smoothed by 5x5 weights, others by 3x3.</summary>
    private const double LargestFinelySmoothed = 8;
    private const double Negligible = 1e-9;

    private static readonly KernelTap[][] Large = All(isSmall: false);
    private static readonly KernelTap[][] Small = All(isSmall: true);

    /// <summary>The disc of a severity; its weights add up to 1.</summary>
    public static ReadOnlySpan<KernelTap> Of(int severity, bool isSmall) => (isSmall ? Small : Large)[severity - 1];

    private static KernelTap[][] All(bool isSmall) => [.. Enumerable.Range(1, Corruption.SeverityCount).Select(severity => Make(
        CorruptionStrengths.Of(CorruptionKind.DefocusBlur, severity, isSmall),
        CorruptionStrengths.Spread(CorruptionKind.DefocusBlur, severity, isSmall)))];

    private static KernelTap[] Make(double radius, double deviation)
    {
        int smoothing = radius > LargestFinelySmoothed ? 2 : 1;
        int reach = (int)radius + smoothing;
        List<(int X, int Y, double Weight)> taps = [];
        for (int y = -reach; y <= reach; y++)
        {
            for (int x = -reach; x <= reach; x++)
            {
                double weight = 0;
                for (int dy = -smoothing; dy <= smoothing; dy++)
                {
                    for (int dx = -smoothing; dx <= smoothing; dx++)
                    {
                        bool isWithin = ((x + dx) * (x + dx)) + ((y + dy) * (y + dy)) <= radius * radius;
                        weight += isWithin ? Math.Exp(-((dx * dx) + (dy * dy)) / (2 * deviation * deviation)) : 0;
                    }
                }

                taps.Add((x, y, weight));
            }
        }

        // What float32 cannot add is left out: a Gauss of a tenth of a pixel has weights of 1e-22 beside its middle.
        taps.RemoveAll(tap => tap.Weight < Negligible);
        double sum = taps.Sum(tap => tap.Weight);
        return [.. taps.Select(tap => new KernelTap(tap.X, tap.Y, (float)(tap.Weight / sum)))];
    }
}
