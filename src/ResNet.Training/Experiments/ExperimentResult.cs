using ResNet.Analysis;

namespace ResNet.Training;

/// <summary>What one network of a study came to.</summary>
public sealed record ExperimentResult
{
    /// <summary>The network.</summary>
    public required CifarExperiment Experiment { get; init; }

    /// <summary>Its trainable parameters.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>How its training went.</summary>
    public required TrainingResult Training { get; init; }

    /// <summary>The test of its last weights, on the single view of each picture.</summary>
    public required EvaluationReport Test { get; init; }

    /// <summary>How strongly its layers respond to test pictures (Figure 7).</summary>
    public required IReadOnlyList<LayerResponse> Responses { get; init; }
}
