namespace ResNet.Training;

/// <summary>Pictures of about the same confidence.</summary>
/// <param name="Low">The confidence above which they lie; in the first bin, 0 itself belongs to it.</param>
/// <param name="High">The highest confidence of the bin.</param>
/// <param name="Count">How many pictures there are.</param>
/// <param name="MeanConfidence">The mean of their confidence; null where there are none.</param>
/// <param name="Accuracy">The share of them that is right; null where there are none.</param>
public sealed record CalibrationBin(double Low, double High, int Count, double? MeanConfidence, double? Accuracy);
