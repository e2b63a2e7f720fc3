using System.Xml.Linq;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>Whether the network knows how sure it may be.</summary>
internal static class CalibrationSection
{
    public static XElement? Create(Calibration calibration) => calibration.ExpectedCalibrationError is not { } error ? null : Section(
        "calibration",
        "How sure it is, and how often right",
        Tag(
            "p",
            "Bars are the share of right answers among pictures of like confidence; strokes are the confidence itself. Where a bar ends below its stroke, the network is too sure. "
            + "The distance, averaged over the pictures, is the expected calibration error: ",
            Number("expectedCalibrationError", error, Percent(error)),
            "."),
        Tag(
            "div",
            Class("columns"),
            Tag("figure", ReliabilityDiagram.Create(calibration)),
            Scroll("Confidence and accuracy", Tag(
                "table",
                Set("id", "bins"),
                Tag("caption", "Confidence and accuracy"),
                Tag("thead", Tag("tr", Column("confidence"), Column("pictures"), Column("mean confidence"), Column("accuracy"))),
                Tag("tbody", calibration.Bins.Select(bin => Tag(
                    "tr",
                    Row(Invariant($"{100 * bin.Low:F0} to {100 * bin.High:F0} %")),
                    CountCell(bin.Count),
                    PercentCell(bin.MeanConfidence),
                    PercentCell(bin.Accuracy))))))));
}
