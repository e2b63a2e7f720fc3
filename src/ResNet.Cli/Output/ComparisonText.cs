using System.Text.Json.Nodes;
using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>What a comparison of two networks came to, for people and for programs.</summary>
internal static class ComparisonText
{
    private const double Level = 0.05;

    public static void Print(
        IAnsiConsole console, EvaluationComparison comparison, (string Name, EvaluationReport Report) a, (string Name, EvaluationReport Report) b, SeenImages? seen)
    {
        console.Say($"A: {a.Name}");
        console.Say($"   top-1 error {EvaluationText.Error(a.Report.Top1Error, a.Report.Top1Correct, a.Report.Top1Interval)}");
        console.Say($"   {a.Report.Engine}");
        console.Say($"B: {b.Name}");
        console.Say($"   top-1 error {EvaluationText.Error(b.Report.Top1Error, b.Report.Top1Correct, b.Report.Top1Interval)}");
        console.Say($"   {b.Report.Engine}");
        console.Say(string.Empty);
        console.Say($"pictures:    {comparison.Images:N0}{SeenImagesText.Remark(seen)}");
        console.Say($"both right:  {comparison.BothRight:N0}");
        console.Say($"only A:      {comparison.OnlyARight:N0}");
        console.Say($"only B:      {comparison.OnlyBRight:N0}");
        console.Say($"both wrong:  {comparison.BothWrong:N0}");
        console.Say($"B - A:       {Points(comparison.Difference)} points of error (95 % interval {Points(comparison.DifferenceInterval.Low)} to {Points(comparison.DifferenceInterval.High)})");
        console.Say($"p value:     {P(comparison.PValue)} (McNemar's exact test, two-sided)");
        console.Say(string.Empty);
        console.Say(Meaning(comparison));
    }

    public static JsonObject ToJson(
        EvaluationComparison comparison, (string Name, EvaluationReport Report) a, (string Name, EvaluationReport Report) b, SeenImages? seen) => new()
        {
            ["images"] = comparison.Images,
            ["bothRight"] = comparison.BothRight,
            ["onlyARight"] = comparison.OnlyARight,
            ["onlyBRight"] = comparison.OnlyBRight,
            ["bothWrong"] = comparison.BothWrong,
            ["difference"] = comparison.Difference,
            ["differenceInterval"] = Interval(comparison.DifferenceInterval),
            ["pValue"] = comparison.PValue,
            ["seenImages"] = EvaluationFiles.ToJson(seen),
            ["a"] = ToJson(a.Name, a.Report),
            ["b"] = ToJson(b.Name, b.Report),
        };

    /// <summary>A p value is easily taken for what it is not, so the sentence says what it is.</summary>
    private static string Meaning(EvaluationComparison comparison)
    {
        if (comparison.OnlyARight == comparison.OnlyBRight)
        {
            return "Neither is better on these pictures. That is no proof that both are equally good.";
        }

        string better = comparison.Difference < 0 ? "B" : "A";
        return comparison.PValue < Level
            ? $"If both were equally good, so large a difference would come up {Chance(comparison.PValue)}. That speaks for {better} on pictures like these, "
                + "of these two files: other training runs of the same networks would differ too."
            : $"If both were equally good, so large a difference would come up {Chance(comparison.PValue)}. These pictures do not tell which is better; "
                + "that is no proof that both are equally good. More pictures could show it.";
    }

    private static string Chance(double p) => p >= 0.01 ? $"in {100 * p:F0} of 100 such comparisons" : p >= 1e-9 ? $"once in {1 / p:N0} such comparisons" : "practically never";

    private static string Points(double share) => (100 * share).ToString("+0.00;-0.00;0.00");

    private static string P(double p) => p >= 0.001 ? p.ToString("F3") : p > 0 ? p.ToString("0.0e-0") : "below 1e-300";

    private static JsonObject Interval(ErrorInterval interval) => new() { ["low"] = interval.Low, ["high"] = interval.High };

    private static JsonObject ToJson(string name, EvaluationReport report) => new()
    {
        ["weights"] = name,
        ["images"] = report.Images,
        ["top1Correct"] = report.Top1Correct,
        ["top1Error"] = report.Top1Error,
        ["top1Interval"] = Interval(report.Top1Interval),
        ["loss"] = Terminal.Number(report.Loss),
        ["engine"] = report.Engine.ToString(),
    };
}
