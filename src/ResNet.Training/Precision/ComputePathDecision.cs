namespace ResNet.Training;

/// <summary>Chooses among the paths that were tried: the fastest of those that are right.</summary>
internal static class ComputePathDecision
{
    // A path that is no faster beyond the scatter of short timings is not worth leaving the reference for.
    private const double WorthwhileTime = 0.95;
    private const string Reference = "float32, channels first";

    public static bool IsRight(TrialResult trial)
    {
        (double loss, double logits, double gradient) = Bounds(trial.Path);

        // In this form because a comparison with NaN is false.
        return trial.LossError <= loss && trial.LogitError <= logits && trial.GradientError <= gradient;
    }

    /// <summary>The fastest right one; the reference where none is faster than it.</summary>
    public static ComputePath Fastest(double referenceSeconds, IReadOnlyList<TrialResult> trials, string remark)
    {
        var best = trials.Where(IsRight).MinBy(trial => trial.Seconds);
        if (best is not null && best.Seconds < WorthwhileTime * referenceSeconds)
        {
            return best.Path with { Reason = $"{Name(best.Path)}: {referenceSeconds / best.Seconds:F2} times as fast as {Reference} in a check on this machine, and right.{remark}" };
        }

        var wrong = trials.Where(trial => !IsRight(trial)).Select(Fault).ToArray();
        string reason = wrong.Length > 0 ? string.Join("; ", wrong) : "a check on this machine found nothing faster";
        return new ComputePath { ChannelsLast = false, BFloat16 = false, Reason = $"{Reference}: {reason}.{remark}" };
    }

    public static string Fault(TrialResult trial) =>
        $"{Name(trial.Path)} is wrong on this machine (off by {trial.LossError:P1} in the loss, {trial.LogitError:P1} in the logits, {trial.GradientError:P1} in the gradients)";

    public static string Name(ComputePath path) => $"{(path.BFloat16 ? "bfloat16" : "float32")}, channels {(path.ChannelsLast ? "last" : "first")}";

    /// <summary>
    /// Rounding that flips a ReLU moves gradients by percents in float32 and by tens of percents in bfloat16, at fresh weights most of all;
    /// logits it hardly moves. A wrong kernel is off by far more in one or the other.
    /// </summary>
    private static (double Loss, double Logits, double Gradient) Bounds(ComputePath path) => path.BFloat16 ? (0.02, 0.15, 0.9) : (1e-3, 1e-2, 0.2);
}
