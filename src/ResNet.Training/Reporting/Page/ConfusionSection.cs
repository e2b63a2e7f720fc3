using System.Globalization;
using System.Xml.Linq;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>What is taken for what: as a table where there are few classes, else the pairs that are confused most.</summary>
internal static class ConfusionSection
{
    private const int MostClasses = 40;

    public static XElement Create(EvaluationReport report) => Section(
        "confusion",
        "What is taken for what",
        report.Labels.Count <= MostClasses ? Matrix(report) : Tag("p", $"{Count(report.Labels.Count)} classes are too many for a table of all pairs."),
        Pairs(report));

    private static object[] Matrix(EvaluationReport report)
    {
        int count = report.Labels.Count;
        var labels = Enumerable.Range(0, count);
        double highest = labels.SelectMany(actual => labels.Where(predicted => predicted != actual).Select(predicted => Share(report, actual, predicted))).DefaultIfEmpty(0).Max();
        var head = Tag(
            "thead",
            Tag("tr", Tag("td", Class("corner")), Tag("th", Set("scope", "colgroup"), Set("colspan", count), "predicted")),
            Tag("tr", Row("actual"), labels.Select(label => Tag("th", Set("scope", "col"), Class("upright"), Name(report.Labels[label])))));
        var body = Tag("tbody", labels.Select(actual => Tag(
            "tr",
            Row(Name(report.Labels[actual])),
            labels.Select(predicted => Cell(report, actual, predicted, highest)))));
        return
        [
            Tag("p", "Rows are the pictures of a class, columns what the network named. The framed diagonal is right; elsewhere the darkest cell is the largest share of a class that went wrong."),
            Scroll("Confusion matrix", Tag("table", Class("matrix"), Set("id", "matrix"), Tag("caption", "Confusion matrix: number of pictures"), head, body)),
        ];
    }

    private static XElement Cell(EvaluationReport report, int actual, int predicted, double highest)
    {
        int count = report.Confusion.Count(actual, predicted);
        double share = Share(report, actual, predicted);
        bool isRight = actual == predicted;
        double shade = isRight ? share : highest == 0 ? 0 : share / highest;
        return Tag(
            "td",
            Class(isRight ? "right" : count == 0 ? "none" : "wrong"),
            Set(Exact, count),
            Set("style", string.Create(CultureInfo.InvariantCulture, $"--shade:{100 * shade:F0}%")),
            Set("title", $"{report.Labels[actual]} taken for {report.Labels[predicted]}: {Count(count)} of {Count(report.Classes[actual].Images)}, {Percent(share)}"),
            count == 0 ? "·" : Count(count));
    }

    private static XElement Pairs(EvaluationReport report)
    {
        var pairs = report.Confusion.MostConfused(EvaluationDocument.ConfusedPairCount);
        return pairs.Count == 0
            ? Tag("p", "No picture was taken for another class.")
            : Scroll("Most confused classes", Tag(
                "table",
                Set("id", "pairs"),
                Tag("caption", "Most confused classes"),
                Tag("thead", Tag("tr", Column("actual"), Column("taken for"), Column("pictures"), Column("share of the class"))),
                Tag("tbody", pairs.Select(pair => Tag(
                    "tr",
                    Row(Name(report.Labels[pair.Actual])),
                    Tag("td", Name(report.Labels[pair.Predicted])),
                    CountCell(pair.Count),
                    PercentCell(Share(report, pair.Actual, pair.Predicted)))))));
    }

    private static double Share(EvaluationReport report, int actual, int predicted) =>
        report.Classes[actual].Images is var images and > 0 ? (double)report.Confusion.Count(actual, predicted) / images : 0;
}
