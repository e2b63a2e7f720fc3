using System.Globalization;
using System.Text;

namespace ResNet.Training;

/// <summary>Results of corruptions as comma-separated values; the pictures as they are have severity 0.</summary>
internal static class CorruptionTable
{
    public const string Header = "corruption,severity,images,top1_correct,top5_correct,top1_error,top5_error,loss";

    public static string ToText(RobustnessReport report)
    {
        var text = new StringBuilder(Header).Append('\n');
        var clean = report.Clean;
        Add("none", 0, clean.Images, clean.Top1Correct, clean.Top5Correct, clean.Top1Error, clean.Top5Error, clean.Loss);
        foreach (var result in report.Results)
        {
            Add(
                CorruptionNames.Of(result.Kind), result.Severity, result.Images, result.Top1Correct, result.Top5Correct, result.Top1Error, result.Top5Error,
                result.Loss);
        }

        return text.ToString();

        void Add(string name, int severity, int images, int top1, int? top5, double top1Error, double? top5Error, double loss) => text.Append(
            CultureInfo.InvariantCulture, $"{name},{severity},{images},{top1},{top5},{top1Error:F6},{top5Error:F6},{loss:R}\n");
    }
}
