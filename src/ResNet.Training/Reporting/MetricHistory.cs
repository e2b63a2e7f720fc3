namespace ResNet.Training;

/// <summary>
/// One point an iteration. Runs of older versions may have two at the end of an epoch, whose training figures then mean different things: those of the
/// first are of the iterations since the point before, those of the second of the whole epoch.
/// </summary>
internal static class MetricHistory
{
    /// <summary>Joins the points of one iteration, wherever there are several.</summary>
    public static List<MetricPoint> Joined(IEnumerable<MetricPoint> points)
    {
        List<MetricPoint> joined = [];
        foreach (var point in points)
        {
            if (joined is [.., var last] && last.Iteration == point.Iteration)
            {
                joined[^1] = Joined(last, point);
            }
            else
            {
                joined.Add(point);
            }
        }

        return joined;
    }

    /// <summary>What the training of the first came to, and the validation after it of the second.</summary>
    public static MetricPoint Joined(MetricPoint first, MetricPoint second) =>
        first with { ValidationError = second.ValidationError, ValidationLoss = second.ValidationLoss, Elapsed = second.Elapsed };
}
