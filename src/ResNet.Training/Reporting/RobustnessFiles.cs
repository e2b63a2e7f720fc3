using System.Text.Json.Nodes;

namespace ResNet.Training;

/// <summary>What corruptions do to a network, as files: a table for programs and a picture of the curves for people.</summary>
public static class RobustnessFiles
{
    /// <summary>The table: a line for the pictures as they are, and one for each severity of each corruption.</summary>
    public const string TableName = "corruptions.csv";

    /// <summary>The picture: top-1 error against severity, a curve for each corruption.</summary>
    public const string ChartName = "corruptions.png";

    /// <summary>Writes both files; existing ones are replaced only once the new ones are complete.</summary>
    /// <param name="directory">Where to; it is created if it is missing.</param>
    /// <param name="report">What was found.</param>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static void Write(string directory, RobustnessReport report)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(report);
        byte[] chart = CorruptionChart.ToPng(report);
        AtomicFile.WriteAllText(Path.Combine(directory, TableName), CorruptionTable.ToText(report));
        AtomicFile.Write(Path.Combine(directory, ChartName), stream => stream.Write(chart));
    }

    /// <summary>The same numbers as JSON.</summary>
    /// <param name="report">What was found.</param>
    /// <returns>A new object: the means, and the results in a list for each kind. Errors are 0 to 1; a loss that is no number is null.</returns>
    public static JsonObject ToJson(RobustnessReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new JsonObject
        {
            ["cleanTop1Error"] = report.Clean.Top1Error,
            ["meanCorruptionError"] = report.MeanCorruptionError,
            ["kinds"] = new JsonArray([.. report.Kinds.Select(kind => new JsonObject
            {
                ["kind"] = CorruptionNames.Of(kind),
                ["meanTop1Error"] = report.MeanError(kind),
                ["severities"] = new JsonArray([.. report.Severities.Select(severity => ToJson(report.Result(kind, severity)))]),
            })]),
        };
    }

    private static JsonObject ToJson(CorruptionResult result) => new()
    {
        ["severity"] = result.Severity,
        ["images"] = result.Images,
        ["top1Correct"] = result.Top1Correct,
        ["top5Correct"] = result.Top5Correct,
        ["top1Error"] = result.Top1Error,
        ["top1Interval"] = new JsonObject { ["low"] = result.Top1Interval.Low, ["high"] = result.Top1Interval.High },
        ["top5Error"] = result.Top5Error,
        ["loss"] = double.IsFinite(result.Loss) ? result.Loss : null,
    };
}
