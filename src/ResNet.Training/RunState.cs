namespace ResNet.Training;

/// <summary>Everything that changes while a run lasts and is not a tensor; a checkpoint holds it as JSON.</summary>
internal sealed record RunState
{
    /// <summary>Iterations done.</summary>
    public int Iteration { get; set; }

    /// <summary>The current epoch, from 0.</summary>
    public int Epoch { get; set; }

    /// <summary>Where the current epoch goes on: batches of it that are done.</summary>
    public int Batch { get; set; }

    public double LearningRate { get; set; }

    /// <summary>Scores of the current epoch.</summary>
    public EpochScores EpochScores { get; set; } = new();

    /// <summary>Scores since the last point of <see cref="History"/>.</summary>
    public EpochScores PointScores { get; set; } = new();

    /// <summary>Mean training loss of the last whole epoch.</summary>
    public double LastLoss { get; set; }

    public double? ValidationError { get; set; }

    public double? BestError { get; set; }

    public int? BestIteration { get; set; }

    /// <summary>Updates of the average of the weights.</summary>
    public int AverageCount { get; set; }

    public TimeSpan Elapsed { get; set; }

    /// <summary>Pictures that could not be read before the run was stopped; those of this process are the loader's.</summary>
    public IReadOnlyList<DataFault> Faults { get; set; } = [];

    /// <summary>As <see cref="BatchLoader.ChannelMeanCount"/>, before the run was stopped.</summary>
    public long ChannelMeanCount { get; set; }

    /// <summary>Whether the run is over, by its length or by early stopping.</summary>
    public bool IsFinished { get; set; }

    /// <summary>Changes of the run's length, in order.</summary>
    public List<RunExtension> Extensions { get; set; } = [];

    public List<MetricPoint> History { get; set; } = [];

    /// <summary>The validation loss of the best weights so far; null where nothing was validated.</summary>
    public double? BestLoss() => History.LastOrDefault(point => point.Iteration == BestIteration)?.ValidationLoss;
}
