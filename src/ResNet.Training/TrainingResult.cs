namespace ResNet.Training;

/// <summary>What a training run came to.</summary>
public sealed record TrainingResult
{
    /// <summary>Iterations done.</summary>
    public required int Iterations { get; init; }

    /// <summary>Epochs begun.</summary>
    public required int Epochs { get; init; }

    /// <summary>Mean training loss of the last epoch, in nats.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Error on the validation set after the last epoch, 0 to 1.</summary>
    /// <value>Null where there was no validation set.</value>
    public required double? ValidationTop1Error { get; init; }

    /// <summary>The lowest validation error, that of <c>best.safetensors</c>; among equal ones the lowest loss decides (before its statistics were recomputed, if they were), 0 to 1.</summary>
    /// <value>Null where there was no validation set.</value>
    public required double? BestValidationTop1Error { get; init; }

    /// <summary>Where the run's files are.</summary>
    /// <value>Null where none were asked for.</value>
    public required string? OutputDirectory { get; init; }

    /// <summary>Pictures that could not be read, and why.</summary>
    public required IReadOnlyList<DataFault> Faults { get; init; }

    /// <summary>The course of the whole run, from its first iteration on; stops are not seen in it.</summary>
    public required IReadOnlyList<MetricPoint> History { get; init; }

    /// <summary>The arithmetic and memory layout of its steps.</summary>
    public required ComputePath Arithmetic { get; init; }

    /// <summary>
    /// How often a picture was not of the size of the preprocessing's mean at each pixel, so that the means of the channels were subtracted; always
    /// 0 without such a mean.
    /// </summary>
    public long ChannelMeanCount { get; init; }
}
