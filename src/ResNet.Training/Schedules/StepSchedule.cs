using System.Globalization;
using System.Text;

namespace ResNet.Training;

/// <summary>
/// Multiplies the rate by a factor at fixed points of the run (section 4.2: divided by 10 at 32k and 48k of 64k iterations),
/// after a linear warm-up if one is asked for.
/// </summary>
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>When the rate drops, counted in <see cref="Unit"/>.</summary>
    /// <value>Rising numbers above 0, and below 1 where they are shares of the run. Default: 0.5 and 0.75, the paper's 32k and 48k of 64k.</value>
    public IReadOnlyList<double> Milestones { get; init; } = [0.5, 0.75];

    /// <summary>What <see cref="Milestones"/> count.</summary>
    /// <value>Default: shares of the run.</value>
    public ScheduleUnit Unit { get; init; } = ScheduleUnit.RunShare;

    /// <summary>What the rate is multiplied by at each milestone.</summary>
    /// <value>Above 0 and at most 1. Default: 0.1.</value>
    public double Factor { get; init; } = 0.1;

    /// <summary>Iterations in which the rate rises linearly to its full value, as a <see cref="WarmupSchedule"/> around this one would do it.</summary>
    /// <value>0 or more. Default: 0, none.</value>
    public int WarmupIterations { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!Milestones.All(milestone => Unit.Allows(milestone)) || Milestones.Zip(Milestones.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            faults.Add($"Milestones are [{string.Join(", ", Milestones)}]; they must rise and lie {Unit.Range()}.");
        }

        if (!(Factor > 0 && Factor <= 1))
        {
            faults.Add(Invariant($"Factor is {Factor}; it must be above 0 and at most 1."));
        }

        if (WarmupIterations < 0)
        {
            faults.Add(Invariant($"WarmupIterations is {WarmupIterations}; it must be 0 or more."));
        }

        return faults;
    }

    /// <inheritdoc/>
    public override LearningRateState Start(int iterationCount, int iterationsPerEpoch)
    {
        if (WarmupIterations > 0)
        {
            var warmup = new WarmupSchedule { Inner = this with { WarmupIterations = 0 }, Length = WarmupIterations, Unit = ScheduleUnit.Iteration };
            return warmup.Start(iterationCount, iterationsPerEpoch);
        }

        double[] drops = [.. Milestones.Select(milestone => Unit.ToIteration(milestone, iterationCount, iterationsPerEpoch))];
        return new ComputedRate(iteration => Math.Pow(Factor, drops.Count(drop => iteration >= drop)));
    }

    /// <summary>Compares value by value, the milestones too.</summary>
    /// <param name="other">The schedule to compare with.</param>
    /// <returns>Whether both give the same rates.</returns>
    public bool Equals(StepSchedule? other) =>
        other is not null && Unit == other.Unit && Factor.Equals(other.Factor) && WarmupIterations == other.WarmupIterations
        && Milestones.SequenceEqual(other.Milestones);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Unit, Factor, WarmupIterations, Milestones.Count);

    /// <summary>Writes the milestones as numbers, where the compiler would write the type of their list.</summary>
    /// <param name="builder">What to write to.</param>
    /// <returns>Whether anything was written.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        string milestones = string.Join(", ", Milestones.Select(milestone => milestone.ToString(CultureInfo.InvariantCulture)));
        _ = builder.Append(
            CultureInfo.InvariantCulture,
            $"{nameof(Milestones)} = [{milestones}], {nameof(Unit)} = {Unit}, {nameof(Factor)} = {Factor}, {nameof(WarmupIterations)} = {WarmupIterations}");
        return true;
    }
}
