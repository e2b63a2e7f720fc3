namespace ResNet.Training;

/// <summary>How far an evaluation is.</summary>
/// <param name="Images">Pictures evaluated so far.</param>
/// <param name="Total">Pictures in the data set.</param>
/// <param name="Top1Error">Share of the pictures so far whose most probable class is wrong, 0 to 1.</param>
public sealed record EvaluationProgress(int Images, int Total, double Top1Error);
