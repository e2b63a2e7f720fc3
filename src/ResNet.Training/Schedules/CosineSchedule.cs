namespace ResNet.Training;

/// <summary>Lets the rate fall along half a cosine from its full value to a floor at the end of the run (Loshchilov and Hutter 2016, arXiv 1608.03983, without restarts).</summary>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <summary>Where it ends, as a share of the base rate.</summary>
    /// <value>0 to 1, 1 excluded. Default: 0.</value>
    public double Floor { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Faults() =>
        Floor is >= 0 and < 1 ? [] : [Invariant($"Floor is {Floor}; it must be at least 0 and below 1.")];

    /// <inheritdoc/>
    public override LearningRateState Start(int iterationCount, int iterationsPerEpoch) => new ComputedRate(iteration =>
    {
        double progress = Math.Min(1, (double)iteration / iterationCount);
        return Floor + ((1 - Floor) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    });
}
