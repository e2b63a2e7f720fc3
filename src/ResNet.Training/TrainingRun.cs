using Microsoft.Extensions.Logging;
using TorchSharp;

namespace ResNet.Training;

/// <summary>One training run, from its beginning or from a checkpoint: the optimiser and everything that changes while it lasts.</summary>
internal sealed partial class TrainingRun : IDisposable
{
    // A point of the curves every so many iterations where epochs are long, so that a run of one epoch has a curve as well.
    private const int PointsOfLongEpochs = 200;
    private const int LeastPointInterval = 10;

    private readonly ResNetModel _model;
    private readonly TrainingOptions _options;
    private readonly BatchLoader _loader;
    private readonly IImageDataset? _validation;
    private readonly RunFiles? _files;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly ILogger _logger;
    private readonly ComputePath _path;
    private readonly LearningRateState _schedule;
    private readonly EarlyStoppingState? _earlyStopping;
    private readonly MomentumSgd _optimizer;
    private readonly FlatTensors? _statistics;
    private readonly MovingAverage? _average;
    private readonly BackboneFreezing _backbone;
    private readonly TrainingLoss _loss;
    private readonly TrainingStep _step;
    private readonly TrainingClock _clock;
    private readonly int _iterationCount;
    private RunState _state = new();
    private int _recomputedPictures;

    public TrainingRun(TrainingParts parts)
    {
        _model = parts.Model;
        _options = parts.Options;
        _loader = parts.Loader;
        _validation = parts.Validation;
        _files = parts.Files;
        _progress = parts.Progress;
        _logger = parts.Logger;
        _path = parts.Path;
        _clock = new TrainingClock(_loader);
        _iterationCount = _options.IterationsOf(_loader);
        _schedule = _options.Schedule.Start(_iterationCount, _loader.BatchCount);
        _earlyStopping = _options.EarlyStopping?.Start();
        _optimizer = new MomentumSgd(_model, _options);
        if (_options.WeightAverage is { } average)
        {
            _statistics = new FlatTensors([.. _model.buffers().Where(buffer => buffer.dtype == torch.ScalarType.Float32)]);
            _average = new MovingAverage(average, _optimizer.Weights, _statistics.Whole);
        }

        _backbone = new BackboneFreezing(_model);
        _loss = new TrainingLoss(_options.LabelSmoothing, _options.ClassWeights, _optimizer.Weights.device);
        _step = new TrainingStep(_model, _options, _loss, _path);
    }

    public TrainingResult Run(CancellationToken cancellationToken)
    {
        try
        {
            if (_state.Iteration == 0)
            {
                SaveAveraged(RunFiles.Last);
                SaveCheckpoint();
            }

            _files?.Report.Begin(_state.History);
            while (!_state.IsFinished)
            {
                // A run that was stopped after its last iteration has only the end of its epoch to come.
                if (_state.Iteration < _iterationCount)
                {
                    TrainEpoch(cancellationToken);
                }

                FinishEpoch(cancellationToken);
            }

            if (_state.Iteration < _iterationCount)
            {
                TrainingLog.StoppedEarly(_logger, _options.EarlyStopping!.PatienceEpochs);
            }

            RecomputeStatistics(cancellationToken);
            _files?.Report.Finish(new RunReportEnding { Outcome = Outcome(), Remarks = Remarks() });
        }
        catch (OperationCanceledException)
        {
            // What is left of a finished run is repeated from its last checkpoint.
            if (!_state.IsFinished)
            {
                SaveCheckpoint();
                SaveAveraged(RunFiles.Last);
                _files?.Report.Finish(new RunReportEnding { Outcome = Invariant($"Stopped at iteration {_state.Iteration:N0} of {_iterationCount:N0}; it can be resumed."), Remarks = Extensions() });
            }

            throw;
        }
        catch (TrainingDivergedException fault)
        {
            _files?.Report.Finish(new RunReportEnding { Outcome = fault.Message });
            throw;
        }
        finally
        {
            _backbone.Unfreeze();
            _model.eval();
        }

        return Result();
    }

    public void Dispose()
    {
        _average?.Dispose();
        _statistics?.Dispose();
        _optimizer.Dispose();
        _loss.Dispose();
    }

    private void TrainEpoch(CancellationToken cancellationToken)
    {
        EnterTrainingMode();
        _clock.Start();
        try
        {
            foreach (var batch in _loader.Epoch(new LoaderPosition(_state.Epoch, _state.Batch), cancellationToken))
            {
                using (batch)
                {
                    if (!_backbone.IsFrozen && _step.IsTooSmall(batch))
                    {
                        // The others of the batch could not be read.
                        TrainingLog.SingleLeftOut(_logger, _state.Epoch + 1, batch.Indices[0]);
                        _state.Batch = batch.Next.Batch;
                        continue;
                    }

                    Iterate(batch);
                }

                _progress?.Report(Progress());
                if (_state.Iteration >= _iterationCount)
                {
                    break;
                }

                AfterIteration();
            }
        }
        finally
        {
            _clock.Stop();
        }

        if (_state.EpochScores.Images == 0)
        {
            throw new DatasetException(Invariant($"Nothing of epoch {_state.Epoch + 1} can be trained on: of each of its batches one image at most can be read. {SingleImages.WhatToDo}"));
        }
    }

    private void EnterTrainingMode()
    {
        if (_state.Epoch < _options.FreezeBackboneEpochs)
        {
            _backbone.Freeze();
        }
        else
        {
            _backbone.Unfreeze();
        }
    }

    private void Iterate(Batch batch)
    {
        double rate = _options.LearningRate * _schedule.FactorAt(_state.Iteration);
        _optimizer.ZeroGradients();
        var scores = _step.Backward(batch);
        _state.Iteration++;
        _state.Batch = batch.Next.Batch;
        _state.LearningRate = rate;
        if (!(Math.Abs(scores.Loss) <= _options.LossLimit))
        {
            throw Diverged(scores.Loss, "training loss");
        }

        _optimizer.Step(rate, _backbone.IsFrozen);
        _average?.AfterIteration(_state.Iteration);
        _schedule.AfterIteration(scores.Loss, scores.Error);
        _state.EpochScores.Add(scores);
        _state.PointScores.Add(scores);
        _clock.Add(batch.Count);
    }

    private void AfterIteration()
    {
        int interval = Math.Max(LeastPointInterval, _iterationCount / PointsOfLongEpochs);

        // The end of an epoch has a point of its own, which takes a short rest along: of a few iterations it would be mostly noise.
        int rest = Math.Min(_loader.BatchCount - _state.Batch, _iterationCount - _state.Iteration);
        if (_loader.BatchCount > 2 * interval && _state.Batch % interval == 0 && rest >= interval / 2)
        {
            AddPoint(null);
        }

        if (IsCheckpointDue())
        {
            SaveCheckpoint();
        }
    }

    private void FinishEpoch(CancellationToken cancellationToken)
    {
        // A run that was stopped here has its validation still to come.
        EnsureFinite();
        var report = Validate(cancellationToken);
        _state.ValidationError = report?.Top1Error;
        if (IsBest(report))
        {
            _state.BestError = report?.Top1Error;
            _state.BestIteration = _state.Iteration;
            SaveAveraged(RunFiles.Best);
        }

        SaveAveraged(RunFiles.Last);
        double error = report?.Top1Error ?? _state.EpochScores.Error();
        _schedule.AfterValidation(error);
        _earlyStopping?.AfterValidation(error);
        AddPoint(report);
        var progress = Progress() with { ValidationTop1Error = report?.Top1Error };
        _state.LastLoss = _state.EpochScores.MeanLoss();
        _state.IsFinished = _state.Iteration >= _iterationCount || _earlyStopping?.ShouldStop == true;
        _state.Epoch++;
        _state.Batch = 0;
        _state.EpochScores = new EpochScores();
        SaveCheckpoint();
        if (report is null)
        {
            TrainingLog.UnvalidatedEpoch(_logger, progress.Epoch, progress.Iteration, progress.TrainLoss, progress.TrainError);
        }
        else
        {
            TrainingLog.Epoch(_logger, progress.Epoch, progress.Iteration, progress.TrainLoss, progress.TrainError, report.Top1Error);
        }

        _progress?.Report(progress);
    }
}
