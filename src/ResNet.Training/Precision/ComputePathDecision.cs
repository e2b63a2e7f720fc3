namespace ResNet.Training;

/// <summary>Judges the paths that were tried.</summary>
internal static class ComputePathDecision
{
    private const string Reference = "float32, channels first";

    public static bool IsRight(TrialResult trial)
    {
        (double loss, double logits, double gradient) = Bounds(trial);

        // In this form because a comparison with NaN is false.
        return trial.Failure is null && trial.LossError <= loss && trial.LogitError <= logits && trial.GradientError <= gradient;
    }

    /// <summary>The first right one; the reference where none is.</summary>
    public static ComputePath FirstRight(IReadOnlyList<TrialResult> trials, string remark)
    {
        string wrong = string.Concat(trials.Where(trial => !IsRight(trial)).Select(trial => $" {Fault(trial)}."));
        return trials.FirstOrDefault(IsRight) is { } right
            ? right.Path with { Reason = $"{Name(right.Path)}: a check on this machine found it right.{wrong}{remark}" }
            : new ComputePath { ChannelsLast = false, BFloat16 = false, Reason = $"{Reference}.{wrong}{remark}" };
    }

    public static string Fault(TrialResult trial) => trial.Failure is { } failure
        ? $"{Name(trial.Path)} fails on this machine ('{failure}')"
        : Invariant($"{Name(trial.Path)} is wrong on this machine (off by {trial.LossError:P1} in the loss, {trial.LogitError:P1} in the logits, {trial.GradientError:P1} in the gradients)");

    public static string Name(ComputePath path) => $"{(path.BFloat16 ? "bfloat16" : "float32")}, channels {(path.ChannelsLast ? "last" : "first")}";

    /// <summary>
    /// Rounding that flips a ReLU moves gradients by percents in float32 and by tens of percents in bfloat16, at fresh weights most of all;
    /// logits it hardly moves. A wrong kernel is off by far more in one or the other. TensorFloat32 has three bits more than bfloat16: an eighth of its bounds,
    /// but not less than float32's.
    /// </summary>
    private static (double Loss, double Logits, double Gradient) Bounds(TrialResult trial) => trial switch
    {
        { Path.BFloat16: true } => (0.02, 0.15, 0.9),
        { UsesTensorFloat32: true } => (2.5e-3, 0.02, 0.2),
        _ => (1e-3, 1e-2, 0.2),
    };
}
