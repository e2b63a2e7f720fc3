using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Training;

/// <summary>Tests a network on pictures corrupted in every way that is asked for.</summary>
public static class RobustnessSuite
{
    /// <summary>Evaluates a network on the pictures as they are, and once for each severity of each corruption.</summary>
    /// <param name="model">The network; it is left in the mode in which it was found.</param>
    /// <param name="dataset">The pictures with their labels. They are read again for each corruption; <see cref="CachedDataset"/> keeps small ones.</param>
    /// <param name="preprocessing">How a picture becomes the network's input.</param>
    /// <param name="options">Which corruptions. Default: null, the defaults of <see cref="RobustnessOptions"/>: all kinds, five severities.</param>
    /// <param name="clean">What <see cref="Evaluator"/> found on the same pictures with the same options. Default: null, it is found out.</param>
    /// <param name="progress">Told after every batch, of the whole. Default: null, nobody.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <returns>Errors and their means. The same, whatever the number of workers.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    /// <exception cref="ArgumentException">The data set has other classes than the network.</exception>
    /// <exception cref="DatasetException">The data set is empty, or none of its pictures can be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RobustnessReport Evaluate(
        ResNetModel model,
        IImageDataset dataset,
        Preprocessing preprocessing,
        RobustnessOptions? options = null,
        EvaluationReport? clean = null,
        IProgress<RobustnessProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(preprocessing);
        options ??= new RobustnessOptions();
        options.EnsureValid();
        Corruption[] cells = [.. options.Kinds.SelectMany(kind => options.Severities.Select(severity => new Corruption(kind, severity)))];
        long total = (long)dataset.Count * (cells.Length + (clean is null ? 1 : 0)), before = 0;
        var runner = new Lazy<NetworkRunner>(() => Evaluator.RunnerOf(model, preprocessing, options.Evaluation, cancellationToken));
        try
        {
            clean ??= Run(null);
            CorruptionResult[] results = [.. cells.Select(Result)];
            return new RobustnessReport { Clean = clean, Kinds = [.. options.Kinds], Severities = [.. options.Severities], Results = results };
        }
        finally
        {
            if (runner.IsValueCreated)
            {
                runner.Value.Dispose();
            }
        }

        EvaluationReport Run(Corruption? corruption)
        {
            var evaluation = options.Evaluation with { Corruption = corruption };
            var part = progress is null ? null : new PartProgress(progress, before, total, corruption);
            var report = Evaluator.Evaluate(model, runner, dataset, preprocessing, evaluation, part, cancellationToken);
            before += dataset.Count;
            return report;
        }

        CorruptionResult Result(Corruption corruption)
        {
            var report = Run(corruption);
            return new CorruptionResult(corruption.Kind, corruption.Severity, report.Images, report.Top1Correct, report.Top5Correct, report.Loss);
        }
    }

    private sealed class PartProgress(IProgress<RobustnessProgress> whole, long before, long total, Corruption? corruption) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => whole.Report(new RobustnessProgress(before + value.Images, total, corruption, value.Top1Error));
    }
}
