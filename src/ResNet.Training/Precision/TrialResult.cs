namespace ResNet.Training;

/// <summary>What a trial of a compute path came to, beside the reference.</summary>
/// <param name="Path">The path that was tried.</param>
/// <param name="LossError">How far its loss is from the reference's, as a share of it.</param>
/// <param name="LogitError">The length of the difference of all logits, as a share of theirs.</param>
/// <param name="GradientError">The same of the gradient of the worst parameter tensor.</param>
/// <param name="Seconds">Its fastest forward and backward pass.</param>
internal sealed record TrialResult(ComputePath Path, double LossError, double LogitError, double GradientError, double Seconds);
