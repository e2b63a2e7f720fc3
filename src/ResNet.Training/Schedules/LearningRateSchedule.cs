using System.Text.Json.Serialization;

namespace ResNet.Training;

/// <summary>How the learning rate changes during training: a factor on the base rate, made anew for every iteration.</summary>
/// <remarks>
/// A schedule is a value that describes; <see cref="Start"/> makes the state that moves through one run. A schedule of one's own
/// derives from this record, and its state from <see cref="LearningRateState"/>.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor)]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(StepSchedule), "step")]
[JsonDerivedType(typeof(CosineSchedule), "cosine")]
[JsonDerivedType(typeof(PlateauSchedule), "plateau")]
[JsonDerivedType(typeof(WarmupSchedule), "warmup")]
public abstract record LearningRateSchedule
{
    /// <summary>Lists everything that is wrong with the schedule.</summary>
    /// <returns>One sentence a fault; empty when it can be used.</returns>
    public abstract IReadOnlyList<string> Faults();

    /// <summary>Begins a run.</summary>
    /// <param name="iterationCount">Iterations of the whole run, 1 or more.</param>
    /// <param name="iterationsPerEpoch">Iterations of an epoch, 1 or more.</param>
    /// <returns>The state before the first iteration.</returns>
    public abstract LearningRateState Start(int iterationCount, int iterationsPerEpoch);
}
