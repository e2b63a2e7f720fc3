using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>The part of <c>resnet evaluate</c> that tests on corrupted pictures.</summary>
internal static class CorruptedEvaluation
{
    /// <summary>Small pictures are decoded once for all corruptions.</summary>
    private const long CacheBytes = 256L << 20;

    /// <summary>Evaluates every severity of every corruption that is asked for, and writes the report's files where a folder is given.</summary>
    public static RobustnessReport Run(
        Terminal terminal,
        ResNetModel model,
        IImageDataset pictures,
        Preprocessing preprocessing,
        RobustnessOptions options,
        EvaluationReport clean,
        string? reportFolder,
        CancellationToken stop)
    {
        var kept = new CachedDataset(pictures, CacheBytes);
        var report = RobustnessDisplay.Show(
            terminal.Error, progress => RobustnessSuite.Evaluate(model, kept, preprocessing, options, clean, progress, stop));
        if (reportFolder is not null)
        {
            RobustnessFiles.Write(reportFolder, report);
            terminal.Error.Say($"{Path.Combine(reportFolder, RobustnessFiles.TableName)} and {RobustnessFiles.ChartName} hold the errors under corruption");
        }

        return report;
    }
}
