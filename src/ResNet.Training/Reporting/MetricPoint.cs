namespace ResNet.Training;

/// <summary>One line of a run's history: what the iterations since the point before came to.</summary>
public sealed record MetricPoint
{
    /// <summary>Iterations done since the start of the run.</summary>
    public required int Iteration { get; init; }

    /// <summary>The epoch the iteration belongs to, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The learning rate of the last of the iterations.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Mean training loss, in nats.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Share of the training pictures, as augmented, that the network got wrong when it saw them, 0 to 1.</summary>
    public required double TrainError { get; init; }

    /// <summary>Error on the validation set after the last of the iterations, 0 to 1.</summary>
    /// <value>Null where nothing was validated.</value>
    public double? ValidationError { get; init; }

    /// <summary>Mean loss on the validation set, in nats.</summary>
    /// <value>Null where nothing was validated.</value>
    public double? ValidationLoss { get; init; }

    /// <summary>Training pictures a second, time of validations left out.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Share of the time that training waited for pictures, 0 to 1.</summary>
    public required double DataWaitShare { get; init; }

    /// <summary>Time since the start of the run, validations included and stops left out.</summary>
    public required TimeSpan Elapsed { get; init; }
}
