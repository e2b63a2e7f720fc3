namespace ResNet.Training;

/// <summary>
/// Multiplies the rate by a factor at fixed points of the run (section 4.2: divided by 10 at 32k and 48k of 64k iterations),
/// after a linear warm-up if one is asked for.
/// </summary>
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>When the rate drops, as shares of the run, so that a shorter run keeps the proportions.</summary>
    /// <value>Rising numbers between 0 and 1. Default: 0.5 and 0.75, the paper's 32k and 48k of 64k.</value>
    public IReadOnlyList<double> Milestones { get; init; } = [0.5, 0.75];

    /// <summary>What the rate is multiplied by at each milestone.</summary>
    /// <value>Above 0 and at most 1. Default: 0.1.</value>
    public double Factor { get; init; } = 0.1;

    /// <summary>Iterations in which the rate rises linearly to its full value.</summary>
    /// <value>0 or more. Default: 0, none.</value>
    public int WarmupIterations { get; init; }

    /// <inheritdoc/>
    public override double FactorAt(int iteration, int iterationCount)
    {
        int drops = Milestones.Count(share => iteration >= Math.Round(share * iterationCount));
        double warmup = iteration < WarmupIterations ? (iteration + 1.0) / WarmupIterations : 1;
        return warmup * Math.Pow(Factor, drops);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Milestones.Any(share => !(share > 0 && share < 1)) || Milestones.Zip(Milestones.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            faults.Add($"Milestones are [{string.Join(", ", Milestones)}]; they must rise and lie between 0 and 1.");
        }

        if (!(Factor > 0 && Factor <= 1))
        {
            faults.Add($"Factor is {Factor}; it must be above 0 and at most 1.");
        }

        if (WarmupIterations < 0)
        {
            faults.Add($"WarmupIterations is {WarmupIterations}; it must be 0 or more.");
        }

        return faults;
    }

    /// <summary>Compares value by value, the milestones too.</summary>
    /// <param name="other">The schedule to compare with.</param>
    /// <returns>Whether both give the same rates.</returns>
    public bool Equals(StepSchedule? other) =>
        other is not null && Factor.Equals(other.Factor) && WarmupIterations == other.WarmupIterations && Milestones.SequenceEqual(other.Milestones);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Factor, WarmupIterations, Milestones.Count);
}
