namespace ResNet.Training;

/// <content>What is wrong with the options.</content>
public sealed partial record TrainingOptions
{
    /// <summary>Lists everything that is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Epochs is null && Iterations is null)
        {
            faults.Add("Epochs and Iterations are both null; give one of them.");
        }

        Check(faults, Epochs is null or >= 1, nameof(Epochs), Epochs, "1 or more");
        Check(faults, Iterations is null or >= 1, nameof(Iterations), Iterations, "1 or more");
        Check(faults, BatchSize >= 1, nameof(BatchSize), BatchSize, "1 or more");
        Check(faults, LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "above 0");
        Check(faults, Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and below 1");
        Check(faults, WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay, "0 or more");
        Check(faults, WorkerCount is >= 1 and <= 256, nameof(WorkerCount), WorkerCount, "1 to 256");
        Check(faults, MicroBatchSize is null || (MicroBatchSize >= 1 && MicroBatchSize <= BatchSize), nameof(MicroBatchSize), MicroBatchSize, Invariant($"1 to the batch size of {BatchSize}"));
        Check(faults, GradientClipNorm is null or (> 0 and < double.PositiveInfinity), nameof(GradientClipNorm), GradientClipNorm, "above 0 and finite; null: never");
        Check(faults, LossLimit > 0 && double.IsFinite(LossLimit), nameof(LossLimit), LossLimit, "above 0 and finite");
        Check(faults, LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "at least 0 and below 1");
        Check(faults, ClassWeights is null || ClassWeights.All(weight => weight >= 0 && double.IsFinite(weight)), nameof(ClassWeights), ClassWeights is null ? null : string.Join(", ", ClassWeights), "numbers of 0 or more");
        Check(faults, FreezeBackboneEpochs >= 0, nameof(FreezeBackboneEpochs), FreezeBackboneEpochs, "0 or more");
        Check(faults, BackboneRateFactor is >= 0 and <= 1, nameof(BackboneRateFactor), BackboneRateFactor, "0 to 1");
        Check(faults, RecomputeBatchNormPictures is null or >= 1, nameof(RecomputeBatchNormPictures), RecomputeBatchNormPictures, "1 or more");
        Check(faults, CheckpointIterations is null or >= 1, nameof(CheckpointIterations), CheckpointIterations, "1 or more");
        Check(faults, CheckpointInterval is null || CheckpointInterval > TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval, "above 0");
        Check(faults, CheckpointsKept >= 1, nameof(CheckpointsKept), CheckpointsKept, "1 or more");
        Check(faults, CacheByteLimit >= 0, nameof(CacheByteLimit), CacheByteLimit, "0 or more");
        if (AugmentWholePicture && Augmentation is null)
        {
            faults.Add("AugmentWholePicture is true without an Augmentation that would crop the pictures; give one, such as one that ends in a random crop.");
        }

        faults.AddRange(WeightAverage?.Faults() ?? []);
        faults.AddRange(EarlyStopping?.Faults() ?? []);
        faults.AddRange(Schedule.Faults());
        return faults;
    }

    /// <summary>Does nothing when the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; every fault is listed.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(TrainingOptions), Faults());

    private static void Check(List<string> faults, bool holds, string name, object? value, string allowed)
    {
        if (!holds)
        {
            faults.Add($"{name} is {value}; it must be {allowed}.");
        }
    }
}
