namespace ResNet.Training;

/// <summary>What a trial of a compute path came to, beside the reference.</summary>
/// <param name="Path">The path that was tried.</param>
/// <param name="LossError">How far its loss is from the reference's, as a share of it.</param>
/// <param name="LogitError">The length of the difference of all logits, as a share of theirs.</param>
/// <param name="GradientError">The same of the gradient of the worst parameter tensor.</param>
internal sealed record TrialResult(ComputePath Path, double LossError, double LogitError, double GradientError)
{
    /// <summary>Why the path cannot run at all; null where it runs.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether what is float32 in name ran in TensorFloat32, on either side of the comparison.</summary>
    public bool UsesTensorFloat32 { get; init; }
}
