namespace ResNet.Training;

/// <summary>How far a training run is; reported after every iteration, once more after every validation, and while statistics are recomputed at the end.</summary>
public sealed record TrainingProgress
{
    /// <summary>Iterations done.</summary>
    public required int Iteration { get; init; }

    /// <summary>Iterations of the whole run.</summary>
    public required int IterationCount { get; init; }

    /// <summary>The current epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean training loss of the epoch so far, in nats.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Share of the epoch's training pictures so far that the network got wrong, 0 to 1.</summary>
    public required double TrainError { get; init; }

    /// <summary>The learning rate of this iteration.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training pictures a second since the start, time of validations left out.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Share of the time that training waited for pictures, 0 to 1.</summary>
    public required double DataWaitShare { get; init; }

    /// <summary>Error on the validation set, 0 to 1, where an epoch has just been validated.</summary>
    /// <value>Null between validations.</value>
    public double? ValidationTop1Error { get; init; }

    /// <summary>Share of the statistics of batch normalisation that is recomputed (<see cref="TrainingOptions.RecomputeBatchNormPictures"/>), 0 to 1.</summary>
    /// <value>Null while the run trains; it comes after the last iteration.</value>
    public double? RecomputedShare { get; init; }
}
