namespace ResNet.Training;

/// <summary>What a trial of a compute path came to, beside the reference.</summary>
/// <param name="Path">The path that was tried.</param>
/// <param name="LossError">How far its loss is from the reference's, as a share of it.</param>
/// <param name="GradientError">How far the gradient of the worst tensor is from the reference's, as a share of its length.</param>
/// <param name="Seconds">Its fastest forward and backward pass.</param>
internal sealed record TrialResult(ComputePath Path, double LossError, double GradientError, double Seconds);
