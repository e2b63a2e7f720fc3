using ResNet.Weights;

namespace ResNet.Training;

/// <summary>What is known of a run before its first iteration.</summary>
internal sealed record RunReportHeader
{
    public required TrainingOptions Options { get; init; }

    /// <summary>Network, preprocessing and labels.</summary>
    public required ModelDescription Description { get; init; }

    public required long ParameterCount { get; init; }

    public required int TrainPictureCount { get; init; }

    /// <summary>Null: nothing is validated.</summary>
    public required int? ValidationPictureCount { get; init; }

    /// <summary>Iterations of the whole run.</summary>
    public required int IterationCount { get; init; }

    public required string Device { get; init; }

    public required int ThreadCount { get; init; }

    /// <summary>How the arithmetic is done and why, in one sentence.</summary>
    public required string Arithmetic { get; init; }
}
