using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Training;

/// <content>The weights as they are validated and saved: their average, where there is one, and at the end with fresh statistics.</content>
internal sealed partial class TrainingRun
{
    private EvaluationReport? Validate(CancellationToken cancellationToken)
    {
        if (_validation is null)
        {
            return null;
        }

        // Once an epoch, so the centre crop, whatever the weights say for a test; and small pictures are treated as in training.
        int size = _options.MicroBatchSize ?? _options.BatchSize;
        // The model itself: its weights change from epoch to epoch, and a run that goes on must end as one that was never stopped.
        var options = new EvaluationOptions { BatchSize = size, WorkerCount = _options.WorkerCount, Crops = TestCrops.Center, EnlargeSmallPictures = true };
        _average?.Exchange();
        try
        {
            var report = Evaluator.Evaluate(_model, _validation, _options.Preprocessing, options with { Engine = EngineOptions.Eager }, null, cancellationToken);
            return double.IsFinite(report.Loss) ? report : throw Diverged(report.Loss, "validation loss");
        }
        finally
        {
            _average?.Exchange();
        }
    }

    /// <summary>Whether these are the best weights so far: of the lowest error, among equal ones of the lowest loss, among those the first.</summary>
    private bool IsBest(EvaluationReport? report) =>
        report is null || _state.BestError is not { } error || report.Top1Error < error || (report.Top1Error == error && report.Loss < _state.BestLoss());

    private void SaveAveraged(string name)
    {
        _average?.Exchange();
        try
        {
            _files?.Save(_model, name);
        }
        finally
        {
            _average?.Exchange();
        }
    }

    /// <summary>The last touch (section 3.4): statistics as plain averages, for the last weights, which the model keeps, and for the best ones.</summary>
    private void RecomputeStatistics(CancellationToken cancellationToken)
    {
        _average?.Exchange();
        if (_options.RecomputeBatchNormPictures is not { } pictures)
        {
            return;
        }

        // Normalisation shall see parts of the size that it saw in training.
        var device = _optimizer.Weights.device;
        var sample = _loader.Options with
        {
            BatchSize = _options.MicroBatchSize ?? _options.BatchSize,
            Mixing = null,

            // Float32 kernels of a layout that was checked in bfloat16 alone are not to be trusted.
            ChannelsLast = _path is { ChannelsLast: true, BFloat16: false },
        };
        var loader = new BatchLoader(_loader.Dataset, sample, device);
        bool bestIsLast = _state.BestIteration == _state.Iteration;

        // An incomplete last batch is left out, as in training.
        double total = (_files is null || bestIsLast ? 1 : 2) * (double)Math.Min(pictures, loader.BatchCount * sample.BatchSize);
        _recomputedPictures = BatchNormRecomputation.Run(_model, loader, pictures, new RecomputationProgress(this, 0, total), cancellationToken);
        _files?.Save(_model, RunFiles.Last);
        if (bestIsLast)
        {
            _files?.Save(_model, RunFiles.Best);
            return;
        }

        var second = new RecomputationProgress(this, _recomputedPictures, total);
        _files?.Change(RunFiles.Best, best => BatchNormRecomputation.Run(best, loader, pictures, second, cancellationToken), device);
    }

    private sealed class RecomputationProgress(TrainingRun run, int before, double total) : IProgress<int>
    {
        public void Report(int value) => run._progress?.Report(run.Progress() with { Epoch = run._state.Epoch, RecomputedShare = Math.Min(1, (before + value) / total) });
    }
}
