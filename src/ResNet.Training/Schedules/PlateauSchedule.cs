namespace ResNet.Training;

/// <summary>Multiplies the rate by a factor whenever the validation error has stopped falling (section 3.4: divided by 10 when the error plateaus).</summary>
/// <remarks>
/// It counts validations, one an epoch: the rate drops after the first validation that is one more than <see cref="Patience"/> in a
/// row without an improvement, as PyTorch's scheduler of that kind counts with an absolute threshold.
/// </remarks>
public sealed record PlateauSchedule : LearningRateSchedule
{
    /// <summary>What the rate is multiplied by at each drop.</summary>
    /// <value>Above 0 and below 1. Default: 0.1.</value>
    public double Factor { get; init; } = 0.1;

    /// <summary>How many validations in a row may pass without an improvement.</summary>
    /// <value>0 or more. Default: 5.</value>
    public int Patience { get; init; } = 5;

    /// <summary>By how much the error must be below the lowest one to count as an improvement.</summary>
    /// <value>A difference of errors, 0 to 1. Default: 0.001, a tenth of a percentage point.</value>
    public double Threshold { get; init; } = 0.001;

    /// <summary>How many validations after a drop are not counted, while the network settles.</summary>
    /// <value>0 or more. Default: 0.</value>
    public int Cooldown { get; init; }

    /// <summary>The factor that the rate never falls below.</summary>
    /// <value>0 to 1. Default: 0, none.</value>
    public double Floor { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (!(Factor > 0 && Factor < 1))
        {
            faults.Add(Invariant($"Factor is {Factor}; it must be above 0 and below 1."));
        }

        if (Patience < 0)
        {
            faults.Add(Invariant($"Patience is {Patience}; it must be 0 or more."));
        }

        if (!(Threshold >= 0 && Threshold < 1))
        {
            faults.Add(Invariant($"Threshold is {Threshold}; it must be at least 0 and below 1."));
        }

        if (Cooldown < 0)
        {
            faults.Add(Invariant($"Cooldown is {Cooldown}; it must be 0 or more."));
        }

        if (!(Floor >= 0 && Floor <= 1))
        {
            faults.Add(Invariant($"Floor is {Floor}; it must be 0 to 1."));
        }

        return faults;
    }

    /// <inheritdoc/>
    public override LearningRateState Start(int iterationCount, int iterationsPerEpoch) => new PlateauState(this);
}
