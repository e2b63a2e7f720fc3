using System.Text.Json;
using Spectre.Console;

namespace ResNet.Benchmarks;

/// <summary>The table on the console and the same numbers as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private const int WidthOfFiles = 120;

    public static int Write(string command, IReadOnlyList<Result> results, string? jsonFile)
    {
        if (Console.IsOutputRedirected)
        {
            // A file has no width; 80 columns would break the names.
            AnsiConsole.Profile.Width = WidthOfFiles;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("what", "code", "unit", "median", "min", "max", "goal", "times as fast");
        foreach (var result in results)
        {
            var m = result.Measurement;
            table.AddRow(
                Markup.Escape(m.Name), m.Variant, m.Unit, $"{result.Median:F2}", $"{result.Minimum:F2}", $"{result.Maximum:F2}",
                Goal(result, results), Speedup(result, results) is { } ratio ? $"{ratio:F2} ({m.Baseline})" : "");
        }

        AnsiConsole.Write(table);
        if (jsonFile is not null)
        {
            AtomicFile.WriteAllText(jsonFile, JsonSerializer.Serialize(new { command, results = results.Select(r => Row(r, results)) }, Json));
        }

        return results.Any(result => result.MissesLimit || MissesRatio(result, results)) ? 1 : 0;
    }

    private static string Goal(Result result, IReadOnlyList<Result> all)
    {
        var m = result.Measurement;
        string goal = m.Limit is { } limit ? $"at most {limit:F0}" : m.Least is { } least ? $"at least {least:F0}" : m.LeastRatio is { } ratio ? $"{ratio:P0}" : "";
        return goal.Length == 0 ? goal : $"{goal} {(result.MissesLimit || MissesRatio(result, all) ? "missed" : "met")}";
    }

    private static bool MissesRatio(Result result, IReadOnlyList<Result> all) =>
        result.Measurement.LeastRatio is { } least && Speedup(result, all) is { } ratio && ratio < least;

    /// <summary>How many times as fast as the baseline of the same name; null where there is none.</summary>
    private static double? Speedup(Result result, IReadOnlyList<Result> all)
    {
        var m = result.Measurement;
        var baseline = all.FirstOrDefault(r => r.Measurement.Variant == m.Baseline && r.Measurement.Name == m.Name);
        return baseline is null || baseline == result ? null : m.IsRate ? result.Median / baseline.Median : baseline.Median / result.Median;
    }

    private static object Row(Result result, IReadOnlyList<Result> all) => new
    {
        result.Measurement.Name,
        result.Measurement.Variant,
        result.Measurement.Unit,
        result.Median,
        result.Minimum,
        result.Maximum,
        result.Measurement.Limit,
        result.Measurement.Least,
        result.Measurement.LeastRatio,
        result.Measurement.Baseline,
        timesBaseline = Speedup(result, all),
        result.Values,
    };
}
