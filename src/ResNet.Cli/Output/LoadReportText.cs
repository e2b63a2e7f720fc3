using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Says what a user should know of weights that were loaded: what was renamed, and what the file could not confirm.</summary>
internal static class LoadReportText
{
    public static void Say(IAnsiConsole console, string path, WeightsLoadReport report)
    {
        if (report.Renamed is [var first, ..])
        {
            console.Say($"{path}: {report.Renamed.Count} tensors have other names there ({first.NameInFile} is {first.NameInModel}).");
        }

        if (report.Skipped.Where(skipped => !skipped.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal)).ToList() is [var left, ..] all)
        {
            console.Say($"{path}: left out {left.Name}{(all.Count > 1 ? $" and {all.Count - 1} more" : string.Empty)}. {left.Reason}");
        }

        foreach (string sentence in report.Unverified)
        {
            console.Say($"not verified: {sentence}");
        }
    }
}
