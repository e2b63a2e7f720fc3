using System.Text.Json;
using ResNet.Benchmarks.Workloads;
using Spectre.Console;

namespace ResNet.Benchmarks;

/// <summary>The table on the console and the same numbers as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private const int WidthOfFiles = 150;

    public static int Write(string command, IReadOnlyList<Result> results, string? jsonFile)
    {
        if (Console.IsOutputRedirected)
        {
            // A file has no width; 80 columns would break the names.
            AnsiConsole.Profile.Width = WidthOfFiles;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("what", "code", "unit", "median", "min", "max", "goal", "times as fast", "of the peak");
        foreach (var result in results)
        {
            var m = result.Measurement;
            table.AddRow(
                Markup.Escape(m.Name), m.Variant, m.Unit, $"{result.Median:F2}", $"{result.Minimum:F2}", $"{result.Maximum:F2}",
                Goal(result, results), string.Join(", ", Ratios(result, results).Select(ratio => $"{ratio.Value:F2} ({ratio.Comparison.Variant})")),
                PeakShare(result, results) is { } share ? $"{share:P0}" : "");
        }

        AnsiConsole.Write(table);
        if (jsonFile is not null)
        {
            AtomicFile.WriteAllText(jsonFile, JsonSerializer.Serialize(new { command, results = results.Select(r => Row(r, results)) }, Json));
        }

        return results.Any(result => IsMissed(result, results)) ? 1 : 0;
    }

    private static string Goal(Result result, IReadOnlyList<Result> all)
    {
        var m = result.Measurement;
        var goals = m.Comparisons.Where(comparison => comparison.Least is not null).Select(comparison => $"{comparison.Least:0.0#}x").ToList();
        if (m.Limit is { } limit)
        {
            goals.Add($"at most {limit:F0}");
        }

        if (m.Least is { } least)
        {
            goals.Add($"at least {least:F0}");
        }

        string text = string.Join(", ", goals);
        return text.Length == 0 ? text : $"{text} {(IsMissed(result, all) ? "missed" : "met")}";
    }

    private static bool IsMissed(Result result, IReadOnlyList<Result> all) =>
        result.MissesLimit || Ratios(result, all).Any(ratio => ratio.Value < ratio.Comparison.Least);

    /// <summary>How many times as fast as others of the same name, those that were measured.</summary>
    private static IEnumerable<(Comparison Comparison, double Value)> Ratios(Result result, IReadOnlyList<Result> all) =>
        from comparison in result.Measurement.Comparisons
        let other = all.FirstOrDefault(r => r.Measurement.Variant == comparison.Variant && r.Measurement.Name == result.Measurement.Name)
        where other is not null
        select (comparison, result.Measurement.IsRate ? result.Median / other.Median : other.Median / result.Median);

    /// <summary>Operations a second as a share of the peak that was measured in the same run; null where either is not known.</summary>
    private static double? PeakShare(Result result, IReadOnlyList<Result> all)
    {
        var peak = all.FirstOrDefault(r => r.Measurement.Name == MachinePeak.Name && r.Measurement.Variant == result.Measurement.Variant);
        return result.Measurement.Operations / (result.Median / 1000) / peak?.Median;
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
        comparisons = Ratios(result, all).Select(ratio => new { ratio.Comparison.Variant, ratio.Comparison.Least, timesAsFast = ratio.Value }),
        peakShare = PeakShare(result, all),
        result.Values,
    };
}
