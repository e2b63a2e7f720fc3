namespace ResNet.Training;

/// <summary>What <see cref="RobustnessSuite"/> does to the pictures.</summary>
public sealed record RobustnessOptions
{
    /// <summary>The corruptions.</summary>
    /// <value>At least one, none twice. Default: <see cref="Corruption.AllKinds"/>.</value>
    public IReadOnlyList<CorruptionKind> Kinds { get; init; } = Corruption.AllKinds;

    /// <summary>How severe each of them is.</summary>
    /// <value>At least one of 1 to 5, none twice. Default: all five.</value>
    public IReadOnlyList<int> Severities { get; init; } = [1, 2, 3, 4, 5];

    /// <summary>How the network looks at the pictures, and where the chance of the corruptions comes from.</summary>
    /// <value>Default: the defaults of <see cref="EvaluationOptions"/>. Its <see cref="EvaluationOptions.Corruption"/> must be null.</value>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Lists everything that is wrong with the options.</summary>
    /// <returns>One sentence a fault; empty where the options can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (Kinds.Count == 0 || Kinds.Distinct().Count() < Kinds.Count || !Kinds.All(Enum.IsDefined))
        {
            faults.Add($"Kinds is [{string.Join(", ", Kinds)}]; it must hold at least one kind of corruption, and none twice.");
        }

        if (Severities.Count == 0 || Severities.Distinct().Count() < Severities.Count || Severities.Any(severity => severity is < 1 or > Corruption.SeverityCount))
        {
            faults.Add($"Severities is [{string.Join(", ", Severities)}]; it must hold at least one number from 1 to {Corruption.SeverityCount}, and none twice.");
        }

        if (Evaluation.Corruption is { } corruption)
        {
            faults.Add($"Evaluation.Corruption is {corruption}; it must be null, since the suite sets it.");
        }

        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(RobustnessOptions), Faults());
}
