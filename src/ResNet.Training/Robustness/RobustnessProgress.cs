namespace ResNet.Training;

/// <summary>How far a robustness suite is.</summary>
/// <param name="Images">Pictures evaluated so far, each counted as often as it was looked at.</param>
/// <param name="Total">As many as there will be.</param>
/// <param name="Corruption">What is evaluated now; null for the pictures as they are.</param>
/// <param name="Top1Error">Top-1 error so far under this corruption, 0 to 1.</param>
public sealed record RobustnessProgress(long Images, long Total, Corruption? Corruption, double Top1Error);
