namespace ResNet.Inference;

/// <summary>What one picture of several was taken for.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Predictions">The most probable classes, the first one first; empty where there is an <see cref="Error"/>.</param>
public sealed record ImagePrediction(string File, IReadOnlyList<Prediction> Predictions)
{
    /// <summary>Why the file could not be read; its message names it.</summary>
    /// <value>Default: null, it was read.</value>
    public Exception? Error { get; init; }
}
