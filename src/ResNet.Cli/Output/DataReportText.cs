using System.Globalization;
using System.Text.Json.Nodes;
using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>What <c>resnet data</c> says, for people and as JSON.</summary>
internal sealed class DataReportText(string folder, DatasetReport report)
{
    private const int FaultsShown = 20;
    private const int DuplicatesShown = 10;
    private const int ClassesShown = 40;

    public void Print(IAnsiConsole console)
    {
        PrintCounts(console);
        foreach (var part in report.Parts)
        {
            if (part.Statistics is { } statistics)
            {
                PrintStatistics(console, part, statistics);
            }
        }

        PrintFaults(console);
        PrintDuplicates(console);
    }

    public JsonObject ToJson(string? sheet) => new()
    {
        ["folder"] = folder,
        ["parts"] = new JsonArray([.. report.Parts.Select(part => (JsonNode)ToJson(part))]),
        ["duplicates"] = report.Duplicates is null ? null : new JsonArray([.. report.Duplicates.Select(group => (JsonNode)new JsonObject
        {
            ["pictures"] = new JsonArray([.. group.Pictures.Select(name => JsonValue.Create(name))]),
            ["acrossParts"] = group.AcrossParts,
            ["acrossClasses"] = group.AcrossClasses,
        })]),
        ["sheet"] = sheet,
    };

    private static JsonObject ToJson(DatasetPartReport part) => new()
    {
        ["name"] = part.Name,
        ["pictures"] = part.Count,
        ["classes"] = new JsonArray([.. part.Classes.Select(item => (JsonNode)new JsonObject { ["label"] = item.Label, ["pictures"] = item.Count })]),
        ["faults"] = new JsonArray([.. part.Faults.Select(fault => (JsonNode)new JsonObject { ["path"] = fault.Path, ["reason"] = fault.Reason })]),
        ["statistics"] = part.Statistics is { } statistics ? ToJson(statistics) : null,
    };

    private static JsonObject ToJson(DatasetStatistics statistics) => new()
    {
        ["pictures"] = statistics.Count,
        ["width"] = ToJson(statistics.Width),
        ["height"] = ToJson(statistics.Height),
        ["aspect"] = ToJson(statistics.Aspect),
        ["formats"] = new JsonObject(statistics.Formats.Select(format => KeyValuePair.Create(format.Key, (JsonNode?)format.Value))),
        ["mean"] = new JsonArray([.. statistics.Mean.Select(value => JsonValue.Create(value))]),
        ["stdDev"] = new JsonArray([.. statistics.StdDev.Select(value => JsonValue.Create(value))]),
    };

    private static JsonObject ToJson(NumberRange range) => new()
    {
        ["minimum"] = range.Minimum,
        ["median"] = range.Median,
        ["maximum"] = range.Maximum,
    };

    private static void PrintStatistics(IAnsiConsole console, DatasetPartReport part, DatasetStatistics statistics)
    {
        console.Say($"{part.Name}: {statistics.Count:N0} pictures read");
        console.Say($"  formats   {string.Join(", ", statistics.Formats.Select(format => $"{format.Key} {format.Value:N0}"))}");
        console.Say($"  width     {Numbers(statistics.Width, "0.#")}");
        console.Say($"  height    {Numbers(statistics.Height, "0.#")}");
        console.Say($"  aspect    {Numbers(statistics.Aspect, "0.00")}");
        console.Say($"  mean      {Channels(statistics.Mean)}");
        console.Say($"  std       {Channels(statistics.StdDev)}");
    }

    private static string Numbers(NumberRange range, string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{range.Minimum.ToString(format)} to {range.Maximum.ToString(format)}, median {range.Median.ToString(format)}");

    private static string Channels(IReadOnlyList<double> values) => string.Join(' ', values.Select(value => value.ToString("F4")));

    private void PrintCounts(IAnsiConsole console)
    {
        string[] labels = [.. report.Parts.SelectMany(part => part.Classes).Select(item => item.Label).Distinct(StringComparer.Ordinal)];
        var table = new TextTable().Column("class");
        foreach (var part in report.Parts)
        {
            table.Column(part.Name, isNumber: true);
        }

        foreach (string label in labels.Take(ClassesShown))
        {
            table.Row([label, .. report.Parts.Select(part => CountOf(part, label))]);
        }

        if (labels.Length > ClassesShown)
        {
            table.Row([$"and {labels.Length - ClassesShown:N0} more", .. report.Parts.Select(_ => string.Empty)]);
        }

        table.Row([$"{labels.Length:N0} classes", .. report.Parts.Select(part => $"{part.Count:N0}")]);
        table.Print(console);
    }

    private static string CountOf(DatasetPartReport part, string label) =>
        part.Classes.FirstOrDefault(item => item.Label == label) is { } found ? $"{found.Count:N0}" : "-";

    private void PrintFaults(IAnsiConsole console)
    {
        DataFault[] faults = [.. report.Parts.SelectMany(part => part.Faults)];
        console.SayLeftOut(faults.Take(FaultsShown));

        if (faults.Length > FaultsShown)
        {
            console.Say($"left out: {faults.Length - FaultsShown:N0} more; --json lists all");
        }
    }

    private void PrintDuplicates(IAnsiConsole console)
    {
        if (report.Duplicates is not { } groups)
        {
            return;
        }

        int extra = groups.Sum(group => group.Pictures.Count - 1);
        console.Say(
            $"same pixels: {groups.Count:N0} groups, {extra:N0} pictures more than once; {groups.Count(group => group.AcrossParts):N0} groups in more than "
            + $"one part, {groups.Count(group => group.AcrossClasses):N0} in more than one class");
        foreach (var group in groups.OrderByDescending(group => group.AcrossClasses).ThenByDescending(group => group.AcrossParts).Take(DuplicatesShown))
        {
            console.Say($"  {string.Join(" = ", group.Pictures)}");
        }
    }
}
