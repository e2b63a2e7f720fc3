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

        var table = new Table().Border(TableBorder.None).AddColumns("what", "code", "unit", "median", "min", "max", "limit", "x naive");
        foreach (var result in results)
        {
            var m = result.Measurement;
            table.AddRow(
                Markup.Escape(m.Name), m.Variant, m.Unit, $"{result.Median:F2}", $"{result.Minimum:F2}", $"{result.Maximum:F2}",
                m.Limit is { } limit ? $"{limit:F0} {(result.MissesLimit ? "missed" : "met")}" : "",
                Speedup(result, results) is { } ratio ? $"{ratio:F2}" : "");
        }

        AnsiConsole.Write(table);
        if (jsonFile is not null)
        {
            AtomicFile.WriteAllText(jsonFile, JsonSerializer.Serialize(new { command, results = results.Select(r => Row(r, results)) }, Json));
        }

        return results.Any(result => result.MissesLimit) ? 1 : 0;
    }

    /// <summary>How many times faster than the naive code of the same name; null where there is none.</summary>
    private static double? Speedup(Result result, IReadOnlyList<Result> all)
    {
        var naive = all.FirstOrDefault(r => r.Measurement.Variant == "naive" && r.Measurement.Name == result.Measurement.Name);
        return naive is null || naive == result ? null : naive.Median / result.Median;
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
        timesNaive = Speedup(result, all),
        result.Values,
    };
}
