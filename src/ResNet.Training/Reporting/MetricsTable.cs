using System.Globalization;
using System.Text;

namespace ResNet.Training;

/// <summary>The history of a run as comma-separated values, for scripts and spreadsheets.</summary>
internal static class MetricsTable
{
    /// <summary>
    /// From images_per_second on stand the columns that depend on the clock; what stands before them is the same, digit by digit, in a run that was
    /// stopped and went on.
    /// </summary>
    public const string FileName = "metrics.csv";

    public const string Header =
        "epoch,iteration,learning_rate,train_loss,train_error,validation_error,validation_loss,images_per_second,data_wait_share,elapsed_seconds";

    public static string ToText(IEnumerable<MetricPoint> points)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var point in points)
        {
            text.Append(Line(point)).Append('\n');
        }

        return text.ToString();
    }

    // Losses with all their digits: that two runs are the same to the last bit can be read off them.
    private static string Line(MetricPoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $"{point.Epoch},{point.Iteration},{point.LearningRate:G6},{point.TrainLoss:R},{point.TrainError:F6},{point.ValidationError:F6},{point.ValidationLoss:R},"
            + $"{point.ImagesPerSecond:F1},{point.DataWaitShare:F4},{point.Elapsed.TotalSeconds:F1}");
}
