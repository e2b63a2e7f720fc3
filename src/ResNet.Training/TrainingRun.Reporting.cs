namespace ResNet.Training;

/// <content>What the run says of itself.</content>
internal sealed partial class TrainingRun
{
    private void AddPoint(EvaluationReport? validation)
    {
        var point = new MetricPoint
        {
            Iteration = _state.Iteration,
            Epoch = _state.Epoch + 1,
            LearningRate = _state.LearningRate,
            TrainLoss = _state.PointScores.MeanLoss(),
            TrainError = _state.PointScores.Error(),
            ValidationError = validation?.Top1Error,
            ValidationLoss = validation?.Loss,
            ImagesPerSecond = _clock.ImagesPerSecond,
            DataWaitShare = _clock.DataWaitShare,
            Elapsed = _state.Elapsed + _clock.Total,
        };
        if (_state.PointScores.Images == 0 && _state.History is [.., var last] && last.Iteration == point.Iteration)
        {
            // Nothing was trained since: no batch of the rest of the epoch could be read, or an older version left a point at the epoch's end.
            point = MetricHistory.Joined(last, point);
            _state.History.RemoveAt(_state.History.Count - 1);
        }

        _state.PointScores = new EpochScores();
        _state.History.Add(point);
        _files?.Report.Add(point);
    }

    /// <summary>Those from before a stop as well.</summary>
    private IReadOnlyList<DataFault> Faults() => [.. _state.Faults.Union(_loader.Faults)];

    private long ChannelMeanCount() => _state.ChannelMeanCount + _loader.ChannelMeanCount;

    private string Outcome() => _state.Iteration == _iterationCount
        ? Invariant($"All {_iterationCount:N0} iterations are done.")
        : Invariant($"Stopped early at iteration {_state.Iteration:N0} of {_iterationCount:N0}: no improvement for {_options.EarlyStopping!.PatienceEpochs} epochs.");

    private IReadOnlyList<string> Remarks() =>
    [
        .. Extensions(),
        .. Faults().Select(fault => $"Left out: {fault.Path}: {fault.Reason}"),
        .. _recomputedPictures > 0 ? [Invariant($"The statistics of batch normalisation were averaged anew over {_recomputedPictures:N0} pictures.")] : Array.Empty<string>(),
    ];

    private IReadOnlyList<string> Extensions() => [.. _state.Extensions.Select(extension => extension.ToString())];

    private TrainingDivergedException Diverged(double value, string what) => new(what, _state.Iteration, value, _state.LearningRate, _files?.NewestCheckpoint);

    private TrainingProgress Progress() => new()
    {
        Iteration = _state.Iteration,
        IterationCount = _iterationCount,
        Epoch = _state.Epoch + 1,
        TrainLoss = _state.EpochScores.MeanLoss(),
        TrainError = _state.EpochScores.Error(),
        LearningRate = _state.LearningRate,
        ImagesPerSecond = _clock.ImagesPerSecond,
        DataWaitShare = _clock.DataWaitShare,
    };

    private TrainingResult Result() => new()
    {
        Iterations = _state.Iteration,
        Epochs = _state.Epoch,
        TrainLoss = _state.LastLoss,
        ValidationTop1Error = _state.ValidationError,
        BestValidationTop1Error = _state.BestError,
        OutputDirectory = _options.OutputDirectory,
        Faults = Faults(),
        History = _state.History.AsReadOnly(),
        Arithmetic = _path,
        ChannelMeanCount = ChannelMeanCount(),
    };
}
