namespace ResNet.Training;

/// <summary>What a network made of corrupted pictures.</summary>
/// <param name="Kind">What was done to them.</param>
/// <param name="Severity">How much, 1 to 5.</param>
/// <param name="Images">Pictures evaluated.</param>
/// <param name="Top1Correct">Pictures whose most probable class is right.</param>
/// <param name="Top5Correct">Pictures whose class is among the five most probable; null where there are fewer than five classes.</param>
/// <param name="Loss">Mean cross-entropy, in nats.</param>
public sealed record CorruptionResult(CorruptionKind Kind, int Severity, int Images, int Top1Correct, int? Top5Correct, double Loss)
{
    /// <summary>Share of the pictures whose most probable class is wrong, 0 to 1.</summary>
    public double Top1Error => 1 - ((double)Top1Correct / Images);

    /// <summary>Share of the pictures whose class is not among the five most probable, 0 to 1.</summary>
    /// <value>Null where there are fewer than five classes.</value>
    public double? Top5Error => 1 - ((double?)Top5Correct / Images);

    /// <summary>The 95 % interval of <see cref="Top1Error"/>.</summary>
    public ErrorInterval Top1Interval => ErrorInterval.Wilson(Images - Top1Correct, Images);
}
