using System.Globalization;
using System.Xml.Linq;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>Errors under corruptions: a row for each kind, a column for each severity.</summary>
internal static class CorruptionSection
{
    /// <summary>Makes the section.</summary>
    /// <param name="report">What was found. Null: nothing was corrupted, and there is no section.</param>
    public static XElement? Create(RobustnessReport? report) => report is null ? null : Section(
        "corruptions",
        "Under corruption",
        Tag(
            "p",
            "Top-1 error by kind and severity. Mean over all: ",
            Number("meanCorruptionError", report.MeanCorruptionError, Percent(report.MeanCorruptionError)),
            ", not normalised by another network's errors."),
        Scroll(
            "Errors under corruption",
            Tag(
                "table",
                Tag("caption", "Top-1 error under corruption"),
                Tag("thead", Tag("tr", Column("corruption"), report.Severities.Select(severity => Column(severity.ToString(CultureInfo.InvariantCulture))), Column("mean"))),
                Tag("tbody", report.Kinds.Select(kind => Row(report, kind))))));

    private static XElement Row(RobustnessReport report, CorruptionKind kind) => Tag(
        "tr",
        Html.Row(CorruptionNames.Of(kind)),
        report.Severities.Select(severity => PercentCell(report.Result(kind, severity).Top1Error)),
        PercentCell(report.MeanError(kind)));
}
