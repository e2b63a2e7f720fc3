using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>The report of a run as Markdown: what it came to, how it went, what was trained with what, and on what.</summary>
internal static class ReportText
{
    private const int MostClasses = 10;

    /// <summary>Writes the report.</summary>
    /// <param name="header">What was known at the start.</param>
    /// <param name="points">The history so far.</param>
    /// <param name="ending">Null: it goes on.</param>
    public static string Write(RunReportHeader header, IReadOnlyList<MetricPoint> points, RunReportEnding? ending)
    {
        var text = new StringBuilder();
        int done = points.Count == 0 ? 0 : points[^1].Iteration;
        Line(text, $"# {Title(header)}");
        Line(text, $"");
        Line(text, $"{ending?.Outcome ?? Invariant($"Not finished: {done:N0} of {header.IterationCount:N0} iterations are done.")}");
        foreach (string remark in ending?.Remarks ?? [])
        {
            Line(text, $"");
            Line(text, $"{VisibleText.Markdown(remark)}");
        }

        if (points.Count > 0)
        {
            Line(text, $"");
            Line(text, $"![Errors against iterations](curves.png)");
            text.Append(CultureInfo.InvariantCulture, $"\n## Figures\n\n{EpochTable.Summary(points)}");
            text.Append(CultureInfo.InvariantCulture, $"\n## Course\n\n{EpochTable.Course(points)}");
            Line(text, $"");
            Line(text, $"Training loss and error are means over the iterations since the point before, of the images as augmented; the best point has the lowest validation error and, among equal ones, the lowest validation loss.");
            Line(text, $"`metrics.csv` has all {points.Count:N0} lines, the TensorBoard events too.");
        }

        var options = RunOptions.ToJson(header.Options, header.Description);
        Line(text, $"");
        Line(text, $"## What was trained");
        Line(text, $"");
        Table(text, Data(header).Concat(Rows(options["network"]!)));
        Line(text, $"");
        Line(text, $"## How");
        Line(text, $"");
        Table(text, Rows(options["training"]!));
        Line(text, $"");
        Line(text, $"## On what");
        Line(text, $"");
        Table(text, Machine(header, points));
        return text.ToString();
    }

    public static string Title(RunReportHeader header) => Title(header.Description.Options);

    public static string Title(ResNetOptions network) => Invariant($"{(network.Residual ? "ResNet" : "Plain")}-{network.Depth}, {network.ClassCount} classes");

    /// <summary>The name of an option as people write it: "batchSize" is "batch size".</summary>
    public static string Words(string name) => string.Concat(name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));

    private static IEnumerable<(string Name, string Value)> Data(RunReportHeader header)
    {
        yield return ("pictures to train on", Count(header.TrainPictureCount));
        yield return ("pictures to validate", header.ValidationPictureCount is { } count ? Count(count) : "none");
        if (header.Description.Labels is { } labels)
        {
            yield return ("classes", string.Join(", ", labels.Take(MostClasses)) + (labels.Count > MostClasses ? Invariant($" and {labels.Count - MostClasses} more") : string.Empty));
        }

        yield return ("parameters", header.ParameterCount.ToString("N0", CultureInfo.InvariantCulture));
    }

    private static IEnumerable<(string Name, string Value)> Machine(RunReportHeader header, IReadOnlyList<MetricPoint> points)
    {
        yield return ("device", header.Device);
        yield return ("processor", MachineFacts.Processor);
        yield return ("threads", Count(header.ThreadCount));
        yield return ("software", MachineFacts.Software);
        yield return ("arithmetic", header.Arithmetic);

        // A run that was stopped while it validated has a point of no training.
        MetricPoint[] trained = [.. points.Where(point => point.ImagesPerSecond > 0)];
        if (trained.Length > 0)
        {
            yield return ("time", EpochTable.Time(points[^1].Elapsed));
            yield return ("speed", string.Create(CultureInfo.InvariantCulture, $"{trained.Average(point => point.ImagesPerSecond):N0} pictures a second; {trained.Average(point => point.DataWaitShare):P1} of the time it waited for pictures"));
        }
    }

    /// <summary>The options that are set, under their names in options.json, so that no option is forgotten here.</summary>
    private static IEnumerable<(string Name, string Value)> Rows(JsonNode options) =>
        from option in options.AsObject()
        where option.Value is not null
        select (Words(option.Key), option.Value is JsonArray list ? string.Join(", ", list) : option.Value.ToString().ReplaceLineEndings(" "));

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static void Table(StringBuilder text, IEnumerable<(string Name, string Value)> rows)
    {
        Line(text, $"| | |");
        Line(text, $"| --- | --- |");
        foreach (var (name, value) in rows)
        {
            Line(text, $"| {name} | {VisibleText.Markdown(value)} |");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
