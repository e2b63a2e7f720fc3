using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Errors under corruptions as a table: a row for each kind, a column for each severity.</summary>
internal static class RobustnessText
{
    /// <summary>Prints the table; nothing where no corruption was asked for.</summary>
    public static void Print(IAnsiConsole console, RobustnessReport? report)
    {
        if (report is null)
        {
            return;
        }

        var table = new TextTable().Column("top-1 error");
        foreach (int severity in report.Severities)
        {
            table.Column($"{severity}", isNumber: true);
        }

        table.Column("mean", isNumber: true);
        foreach (var kind in report.Kinds)
        {
            string[] errors = [.. report.Severities.Select(severity => $"{report.Result(kind, severity).Top1Error:P2}")];
            table.Row([CorruptionNames.Of(kind), .. errors, $"{report.MeanError(kind):P2}"]);
        }

        table.Print(console);
        console.Say($"mean corruption error: {report.MeanCorruptionError:P2} (clean {report.Clean.Top1Error:P2}), not normalised by another network's errors");
    }
}
