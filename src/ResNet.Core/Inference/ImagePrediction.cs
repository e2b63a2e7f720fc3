namespace ResNet.Inference;

/// <summary>What one picture of several was taken for.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Predictions">The most probable classes, the first one first.</param>
public sealed record ImagePrediction(string File, IReadOnlyList<Prediction> Predictions);
