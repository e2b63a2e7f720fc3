using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using static ResNet.Training.Html;

namespace ResNet.Training;

/// <summary>What was tested, how and on what; and what was left out.</summary>
internal static class SetupSections
{
    private const int MostFaults = 50;

    public static XElement Create(EvaluationReport report, EvaluationSetup setup) => Section(
        "setup",
        "What was tested, and how",
        Tag(
            "div",
            Class("columns"),
            Facts("Test", [("weights", setup.Weights), ("pictures", setup.Data), .. Test(report), .. Machine(setup)]),
            Facts("Network", Rows(RunOptions.Node(setup.Network)!)),
            Facts("Preprocessing", Rows(RunOptions.Node(report.Preprocessing)!))));

    public static XElement? Faults(EvaluationReport report, EvaluationSetup setup)
    {
        DataFault[] faults = [.. setup.Faults, .. report.Faults];
        return faults.Length == 0 ? null : Section(
            "faults",
            "Left out",
            Tag("ul", faults.Take(MostFaults).Select(fault => Tag("li", Tag("code", Name(fault.Path)), ": ", Name(fault.Reason)))),
            faults.Length > MostFaults ? Tag("p", $"And {Count(faults.Length - MostFaults)} more, which {EvaluationFiles.DocumentName} lists.") : null);
    }

    private static IEnumerable<(string Name, string Value)> Test(EvaluationReport report)
    {
        yield return ("looks at each picture", Count(report.ViewCount));
        yield return ("engine", report.Engine.ToString());
        foreach (var row in Rows(EvaluationDocument.Options(report.Options)))
        {
            yield return row;
        }
    }

    private static IEnumerable<(string Name, string Value)> Machine(EvaluationSetup setup)
    {
        yield return ("date", setup.Date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        if (setup.Duration is { } duration)
        {
            yield return ("time", EpochTable.Time(duration));
        }

        if (setup.Device is { } device)
        {
            yield return ("device", device);
        }

        yield return ("processor", MachineFacts.Processor);
        yield return ("software", MachineFacts.Software);
    }

    private static XElement Facts(string caption, IEnumerable<(string Name, string Value)> rows) => Tag(
        "table",
        Class("facts"),
        Tag("caption", caption),
        Tag("tbody", rows.Select(row => Tag("tr", Row(row.Name), Tag("td", Name(row.Value))))));

    /// <summary>Every option that is set, under its own name, so that none is forgotten here.</summary>
    private static IEnumerable<(string Name, string Value)> Rows(JsonNode options) =>
        options.AsObject().Where(option => option.Value is not null).Select(option => (ReportText.Words(option.Key), Value(option.Value!)));

    private static string Value(JsonNode value) => value switch
    {
        JsonArray list => string.Join(", ", list),
        JsonObject parts => string.Join("; ", Rows(parts).Select(row => $"{row.Name} {row.Value}")),
        _ => value.ToString(),
    };
}
