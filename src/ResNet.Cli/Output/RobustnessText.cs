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

        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("top-1 error");
        foreach (int severity in report.Severities)
        {
            table.AddColumn(new TableColumn($"{severity}").RightAligned());
        }

        table.AddColumn(new TableColumn("mean").RightAligned());
        foreach (var kind in report.Kinds)
        {
            string[] errors = [.. report.Severities.Select(severity => $"{report.Result(kind, severity).Top1Error:P2}")];
            table.AddRow([CorruptionNames.Of(kind), .. errors, $"{report.MeanError(kind):P2}"]);
        }

        console.Write(table);
        console.Say($"mean corruption error: {report.MeanCorruptionError:P2} (clean {report.Clean.Top1Error:P2}), not normalised by another network's errors");
    }
}
