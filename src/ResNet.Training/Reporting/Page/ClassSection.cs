using System.Xml.Linq;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>The scores of every class, in a table that the page's script makes sortable.</summary>
internal static class ClassSection
{
    private const int HardestCount = 5;

    public static XElement Create(EvaluationReport report)
    {
        var hardest = report.Classes.Where(score => score.Recall is < 1).OrderBy(score => score.Recall).Take(HardestCount).ToArray();
        return Section(
            "classes",
            "Class by class",
            hardest.Length == 0 ? null : Tag(
                "p",
                "Hardest: ",
                hardest.Select((score, i) => new object[] { i == 0 ? string.Empty : ", ", Name(score.Name), $" ({Percent(1 - score.Recall)} wrong)" }),
                "."),
            Scroll("Scores of the classes", Tag(
                "table",
                Set("id", "scores"),
                Set("data-sortable", "yes"),
                Tag("caption", "Recall: the share of a class that was recognised. Precision: the share of what was taken for it that is of it. F1: their harmonic mean."),
                Tag("thead", Tag("tr", Column("class"), Column("pictures"), Column("right"), Column("predicted"), Column("recall"), Column("precision"), Column("F1"))),
                Tag("tbody", report.Classes.Select(Line)))));
    }

    private static XElement Line(ClassScore score) => Tag(
        "tr",
        Row(Name(score.Name)),
        CountCell(score.Images),
        CountCell(score.Right),
        CountCell(score.Predicted),
        PercentCell(score.Recall),
        PercentCell(score.Precision),
        PercentCell(score.F1));
}
