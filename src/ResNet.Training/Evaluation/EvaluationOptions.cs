namespace ResNet.Training;

/// <summary>How <see cref="Evaluator"/> works. None of it changes the numbers beyond rounding.</summary>
public sealed record EvaluationOptions
{
    /// <summary>How many pictures go through the network at once.</summary>
    /// <value>At least 1. Default: 128.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>How many threads read and decode pictures.</summary>
    /// <value>1 to 256. Default: the number of processors, but at most 8.</value>
    public int WorkerCount { get; init; } = Math.Min(Environment.ProcessorCount, 8);
}
