namespace ResNet.Training;

/// <summary>
/// Starts with a low rate and goes over to another schedule: either linearly within a given length, or at once when the training
/// error falls below a bound (section 4.2: ResNet-110 starts with 0.01 until the training error is below 80 %).
/// </summary>
/// <remarks>
/// The factor of the warm-up and that of <see cref="Inner"/> multiply, and the inner schedule counts from the start of the run, so
/// that its milestones stay where they are. Validations during the warm-up are not told to it: they would say little about a plateau.
/// </remarks>
public sealed record WarmupSchedule : LearningRateSchedule
{
    /// <summary>What follows the warm-up.</summary>
    public required LearningRateSchedule Inner { get; init; }

    /// <summary>How long the rate rises linearly, counted in <see cref="Unit"/>.</summary>
    /// <value>Above 0 (below 1 as a share of the run). Default: null; then <see cref="UntilTrainError"/> says when it ends.</value>
    public double? Length { get; init; }

    /// <summary>What <see cref="Length"/> counts.</summary>
    /// <value>Default: epochs.</value>
    public ScheduleUnit Unit { get; init; } = ScheduleUnit.Epoch;

    /// <summary>
    /// The training error below which the warm-up ends. It is smoothed over about fifty iterations, since that of a single batch
    /// scatters by several points.
    /// </summary>
    /// <value>0 to 1, both excluded. Default: null; then <see cref="Length"/> says when it ends.</value>
    public double? UntilTrainError { get; init; }

    /// <summary>The factor at the start: what a linear warm-up rises from, or what it stays at until the error is below the bound.</summary>
    /// <value>0 to 1, 1 excluded; with <see cref="UntilTrainError"/> above 0. Default: 0.</value>
    public double StartFactor { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Length is null == UntilTrainError is null)
        {
            faults.Add(Length is null
                ? "Length and UntilTrainError of the warm-up are both null; give one of them."
                : "Length and UntilTrainError of the warm-up are both given; leave one of them out.");
        }

        if (Length is { } length && !Unit.Allows(length))
        {
            faults.Add(Invariant($"Length of the warm-up is {length}; it must be {Unit.Range()}."));
        }

        if (UntilTrainError is { } bound && !(bound > 0 && bound < 1))
        {
            faults.Add(Invariant($"UntilTrainError is {bound}; it must be between 0 and 1."));
        }

        if (!(StartFactor >= 0 && StartFactor < 1) || (StartFactor == 0 && UntilTrainError is not null))
        {
            faults.Add(Invariant($"StartFactor is {StartFactor}; it must be {(UntilTrainError is null ? "at least 0" : "above 0")} and below 1."));
        }

        faults.AddRange(Inner.Faults());
        return faults;
    }

    /// <inheritdoc/>
    public override LearningRateState Start(int iterationCount, int iterationsPerEpoch)
    {
        var inner = Inner.Start(iterationCount, iterationsPerEpoch);
        return UntilTrainError is { } bound
            ? new ErrorBoundWarmup(inner, StartFactor, bound)
            : new LinearWarmup(inner, StartFactor, (int)Unit.ToIteration(Length!.Value, iterationCount, iterationsPerEpoch));
    }
}
