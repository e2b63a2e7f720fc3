using TorchSharp;

namespace ResNet.Training;

/// <summary>One call of <see cref="Trainer.Fit"/>: the optimiser and everything that changes while it lasts.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly ResNetModel _model;
    private readonly TrainingOptions _options;
    private readonly BatchLoader _loader;
    private readonly IImageDataset? _validation;
    private readonly RunDirectory? _directory;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly TrainingClock _clock;
    private readonly LearningRateState _rate;
    private readonly int _iterationCount;
    private int _iteration;
    private int _epoch;
    private double _learningRate;
    private EpochScores _scores = new();
    private double? _validationError;
    private double? _bestError;

    public TrainingRun(
        ResNetModel model,
        TrainingOptions options,
        BatchLoader loader,
        IImageDataset? validation,
        RunDirectory? directory,
        IProgress<TrainingProgress>? progress)
    {
        _model = model;
        _options = options;
        _loader = loader;
        _validation = validation;
        _directory = directory;
        _progress = progress;
        _clock = new TrainingClock(loader);
        _iterationCount = options.Iterations ?? checked(options.Epochs!.Value * loader.BatchCount);
        _rate = options.Schedule.Start(_iterationCount, loader.BatchCount);
        _optimizer = torch.optim.SGD(model.parameters(), options.LearningRate, options.Momentum, weight_decay: options.WeightDecay);
    }

    public TrainingResult Run(CancellationToken cancellationToken)
    {
        try
        {
            while (_iteration < _iterationCount)
            {
                TrainEpoch(cancellationToken);
                FinishEpoch(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            _directory?.SaveLast(_model);
            throw;
        }
        finally
        {
            _model.eval();
        }

        return new TrainingResult
        {
            Iterations = _iteration,
            Epochs = _epoch,
            TrainLoss = _scores.MeanLoss,
            ValidationTop1Error = _validationError,
            BestValidationTop1Error = _bestError,
            OutputDirectory = _options.OutputDirectory,
            Faults = _loader.Faults,
            ChannelMeanCount = _loader.ChannelMeanCount,
        };
    }

    public void Dispose() => _optimizer.Dispose();

    private void TrainEpoch(CancellationToken cancellationToken)
    {
        _scores = new EpochScores();
        _model.train();
        _clock.Start();
        foreach (var batch in _loader.Epoch(_epoch++, cancellationToken))
        {
            using (batch)
            {
                Step(batch);
            }

            _progress?.Report(Progress());
            if (_iteration == _iterationCount)
            {
                break;
            }
        }

        _clock.Stop();
    }

    /// <summary>One iteration inside one dispose scope, so that nothing of it outlives it.</summary>
    private void Step(Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        _learningRate = _options.LearningRate * _rate.FactorAt(_iteration);
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = _learningRate;
        }

        _optimizer.zero_grad();
        var logits = _model.call(batch.Images);
        var loss = torch.nn.functional.cross_entropy(logits, batch.ClassShares ?? batch.Labels);
        loss.backward();
        _iteration++;
        float value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            throw new TrainingDivergedException(_iteration, value, _learningRate);
        }

        _optimizer.step();
        long correct = logits.argmax(1).eq(batch.Labels).sum().item<long>();
        _scores.Add(value, correct, batch.Count);
        _rate.AfterIteration(value, 1 - ((double)correct / batch.Count));
        _clock.Add(batch.Count);
    }

    private void FinishEpoch(CancellationToken cancellationToken)
    {
        _directory?.SaveLast(_model);
        if (_validation is not null)
        {
            var evaluation = new EvaluationOptions { BatchSize = _options.BatchSize, WorkerCount = _options.WorkerCount };
            _validationError = Evaluator.Evaluate(_model, _validation, _options.Preprocessing, evaluation, null, cancellationToken).Top1Error;
        }

        _rate.AfterValidation(_validationError ?? _scores.Error);
        if (_validation is null || !(_validationError >= _bestError))
        {
            _bestError = _validationError;
            _directory?.SaveBest(_model);
        }

        var progress = Progress() with { ValidationTop1Error = _validationError };
        _directory?.AddMetrics(progress);
        _progress?.Report(progress);
    }

    private TrainingProgress Progress() => new()
    {
        Iteration = _iteration,
        IterationCount = _iterationCount,
        Epoch = _epoch,
        TrainLoss = _scores.MeanLoss,
        TrainError = _scores.Error,
        LearningRate = _learningRate,
        ImagesPerSecond = _clock.ImagesPerSecond,
        DataWaitShare = _clock.DataWaitShare,
    };
}
