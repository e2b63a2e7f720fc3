using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>What an evaluation came to, for people.</summary>
internal static class EvaluationText
{
    private const int HardestCount = 3;

    public static void Print(IAnsiConsole console, EvaluationReport report, SeenImages? seen)
    {
        console.Say($"images:      {report.Images:N0}{(report.ViewCount > 1 ? $", each looked at {report.ViewCount} times" : string.Empty)}{SeenImagesText.Remark(seen)}");
        console.Say($"top-1 error: {Error(report.Top1Error, report.Top1Correct, report.Top1Interval)}");
        if (report is { Top5Error: { } error, Top5Correct: { } correct, Top5Interval: { } interval })
        {
            console.Say($"top-5 error: {Error(error, correct, interval)}");
        }

        console.Say($"loss:        {report.Loss:F4}");
        if (report.Calibration.ExpectedCalibrationError is { } calibration)
        {
            console.Say($"calibration: {calibration:P2} between confidence and accuracy (expected calibration error)");
        }

        console.Say($"macro F1:    {report.MacroF1:P2}");
        var hardest = report.Classes.Where(score => score.Recall is < 1).OrderBy(score => score.Recall).Take(HardestCount).ToArray();
        if (hardest.Length > 0)
        {
            console.Say($"hardest:     {string.Join(", ", hardest.Select(score => $"{score.Name} ({1 - score.Recall:P2} wrong)"))}");
        }

        console.Say($"engine:      {report.Engine}");
        if (report.UnansweredCount > 0)
        {
            console.Say($"For {report.UnansweredCount:N0} pictures the network gave no numbers (NaN); they count as wrong.");
        }
    }

    public static string Error(double error, int correct, ErrorInterval interval) => $"{error:P2} ({correct:N0} right; 95 % interval {Range(interval)})";

    /// <summary>Such as "16.40 to 17.87 %".</summary>
    public static string Range(ErrorInterval interval) => $"{100 * interval.Low:F2} to {interval.High:P2}";
}
