using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>The part of <c>resnet evaluate</c> that tests on corrupted pictures.</summary>
internal static class CorruptedEvaluation
{
    /// <summary>Small pictures are decoded once for all corruptions.</summary>
    private const long CacheBytes = 256L << 20;

    /// <summary>Evaluates every severity of every corruption that is asked for, and writes the report's files where a folder is given.</summary>
    public static RobustnessReport Run(
        IAnsiConsole console,
        UsedNetwork network,
        IImageDataset pictures,
        RobustnessOptions options,
        EvaluationReport clean,
        string? reportFolder,
        CancellationToken stop)
    {
        var kept = new CachedDataset(pictures, CacheBytes);
        var report = RobustnessDisplay.Show(
            console, options, (shown, progress) => RobustnessSuite.Evaluate(network.Model, kept, network.Preprocessing, shown, clean, progress, stop));
        if (reportFolder is not null)
        {
            RobustnessFiles.Write(reportFolder, report);
            console.Say($"{Path.Combine(reportFolder, RobustnessFiles.TableName)} and {RobustnessFiles.ChartName} hold the errors under corruption");
        }

        return report;
    }
}
