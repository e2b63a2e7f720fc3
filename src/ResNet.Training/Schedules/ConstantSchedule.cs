namespace ResNet.Training;

/// <summary>The base learning rate all the time.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Faults() => [];

    /// <inheritdoc/>
    public override LearningRateState Start(int iterationCount, int iterationsPerEpoch) => new ComputedRate(_ => 1);
}
