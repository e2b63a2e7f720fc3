using System.Globalization;
using System.Xml.Linq;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>The figures that everybody looks for first.</summary>
internal static class ResultSection
{
    public static XElement Create(EvaluationReport report, SeenImages? seen) => Section(
        "result",
        "Result",
        Tag(
            "div",
            Class("cards"),
            Error("top1", "Top-1 error", report.Top1Error, report.Top1Interval, report.Top1Correct, report.Images),
            report.Top5Correct is { } top5 ? Error("top5", "Top-5 error", report.Top5Error!.Value, report.Top5Interval!.Value, top5, report.Images) : null,
            Card("Loss", Number("loss", report.Loss, double.IsFinite(report.Loss) ? report.Loss.ToString("F4", CultureInfo.InvariantCulture) : Undefined), "mean cross-entropy"),
            report.Calibration.ExpectedCalibrationError is { } error ? Card("Calibration error", Tag("span", Percent(error)), "confidence against accuracy") : null,
            Card(
                "Macro F1",
                Number("macroF1", report.MacroF1, Percent(report.MacroF1)),
                "precision ", Number("macroPrecision", report.MacroPrecision, Percent(report.MacroPrecision)),
                ", recall ", Number("macroRecall", report.MacroRecall, Percent(report.MacroRecall)))),
        Tag(
            "p",
            "The interval covers the error on all pictures of this kind in 95 of 100 such tests (Wilson's). It says nothing of how another training run would come out."),
        seen is null or { EstimatedSeenCount: 0 } ? null : seen.LeftOut ? Tag("p", $"{Seen(seen)}; they were left out of the test.") : Tag(
            "p",
            Class("warning"),
            $"{Seen(seen)}, and they are among those tested on: errors on new images will be higher."),
        report.UnansweredCount == 0 ? null : Tag(
            "p",
            Class("warning"),
            $"For {Count(report.UnansweredCount)} pictures the network gave no numbers (NaN); they count as wrong. A network does so when its training diverged."));

    private static string Seen(SeenImages seen) => seen.UnknownCount == 0
        ? $"Of the {Count(seen.ImageCount)} images found there the network was trained on {Count(seen.TrainedCount)}, and its best weights were selected by {Count(seen.SelectedCount)}"
        : $"Of the {Count(seen.ImageCount)} images found there the network has seen about {Count(seen.EstimatedSeenCount)} in training, by a sample";

    private static XElement Error(string name, string title, double error, ErrorInterval interval, int correct, int images) => Card(
        title,
        Number($"{name}Error", error, Percent(error)),
        "95 % interval ",
        Number($"{name}Interval.low", interval.Low, Invariant($"{100 * interval.Low:F2}")),
        " to ",
        Number($"{name}Interval.high", interval.High, Percent(interval.High)),
        Tag("br"),
        Number($"{name}Correct", correct, Count(correct)),
        " of ",
        Number("images", images, Count(images)),
        " right");

    private static XElement Card(string title, XElement figure, params object?[] remark) =>
        Tag("div", Class("card"), Tag("h3", title), Tag("p", Class("figure"), figure), Tag("p", remark));
}
