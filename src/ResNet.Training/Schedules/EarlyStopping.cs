namespace ResNet.Training;

/// <summary>Ends a run early when its validation error has stopped falling.</summary>
public sealed record EarlyStopping
{
    /// <summary>After how many epochs in a row without an improvement the run ends.</summary>
    /// <value>1 or more. Default: 10.</value>
    public int PatienceEpochs { get; init; } = 10;

    /// <summary>By how much the error must be below the lowest one to count as an improvement.</summary>
    /// <value>A difference of errors, 0 to 1. Default: 0, any.</value>
    public double MinImprovement { get; init; }

    /// <summary>Lists everything that is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (PatienceEpochs < 1)
        {
            faults.Add(Invariant($"PatienceEpochs is {PatienceEpochs}; it must be 1 or more."));
        }

        if (!(MinImprovement >= 0 && MinImprovement < 1))
        {
            faults.Add(Invariant($"MinImprovement is {MinImprovement}; it must be at least 0 and below 1."));
        }

        return faults;
    }

    internal EarlyStoppingState Start() => new(this);
}
