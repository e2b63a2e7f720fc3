namespace ResNet.Training;

/// <summary>What <see cref="RobustnessSuite"/> found.</summary>
public sealed record RobustnessReport
{
    /// <summary>What the network made of the pictures as they are.</summary>
    public required EvaluationReport Clean { get; init; }

    /// <summary>The corruptions, in the order of the options.</summary>
    public required IReadOnlyList<CorruptionKind> Kinds { get; init; }

    /// <summary>The severities, in the order of the options.</summary>
    public required IReadOnlyList<int> Severities { get; init; }

    /// <summary>One result for each severity of each kind, kind by kind.</summary>
    public required IReadOnlyList<CorruptionResult> Results { get; init; }

    /// <summary>The mean of <see cref="MeanError"/> over the kinds, 0 to 1: each kind counts alike.</summary>
    /// <remarks>
    /// It is not normalised. The "mCE" that is published for ImageNet-C divides the errors of every kind by those of AlexNet before it takes the
    /// mean, and is over fifteen kinds and five severities; it must not be compared with this number. For CIFAR-10-C the mean without
    /// normalisation is usual, over fifteen kinds.
    /// </remarks>
    public double MeanCorruptionError => Kinds.Average(MeanError);

    /// <summary>The result of one corruption.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="severity">One of <see cref="Severities"/>.</param>
    /// <returns>Its counts and errors.</returns>
    /// <exception cref="ArgumentException">It was not evaluated.</exception>
    public CorruptionResult Result(CorruptionKind kind, int severity) =>
        Results.FirstOrDefault(result => result.Kind == kind && result.Severity == severity) ?? throw new ArgumentException(
            Invariant($"{kind} of severity {severity} was not evaluated, but {string.Join(", ", Kinds)} of severity {string.Join(", ", Severities)}."), nameof(kind));

    /// <summary>The mean top-1 error of a kind over the severities, 0 to 1.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <returns>The mean.</returns>
    /// <exception cref="ArgumentException">It was not evaluated.</exception>
    public double MeanError(CorruptionKind kind) => Severities.Average(severity => Result(kind, severity).Top1Error);
}
