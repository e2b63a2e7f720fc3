using ResNet.Weights;

namespace ResNet.Training;

/// <summary>
/// Trains a network as section 3.4 describes: mini-batches in a new order every epoch, cross-entropy, stochastic gradient
/// descent. After every epoch it validates, and saves the last and the best weights.
/// </summary>
public sealed class Trainer
{
    private readonly ResNetModel _model;
    private readonly TrainingOptions _options;

    /// <summary>Prepares a trainer; nothing is read or written yet.</summary>
    /// <param name="model">The network, on the device where it shall be trained. The caller keeps and disposes it.</param>
    /// <param name="options">How to train it.</param>
    /// <exception cref="InvalidOptionsException">The options cannot be used; every fault is listed.</exception>
    public Trainer(ResNetModel model, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.EnsureValid();
        _model = model;
        _options = options;
    }

    /// <summary>Trains, on the calling thread. The network is left in evaluation mode.</summary>
    /// <param name="train">The pictures to learn from. A batch that would not be full is left out of its epoch.</param>
    /// <param name="validation">Pictures to validate with after every epoch and to choose the best weights by; keep a test set out of it. Null: none.</param>
    /// <param name="progress">Told after every iteration. Default: null, nobody.</param>
    /// <param name="cancellationToken">Stops between two iterations, after the last weights have been saved.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="ArgumentException">A data set has another number of classes than the network.</exception>
    /// <exception cref="DatasetException">A data set is empty, or cannot be read.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; <c>last.safetensors</c> holds the weights so far.</exception>
    /// <exception cref="IOException">The run's files cannot be written.</exception>
    public TrainingResult Fit(
        IImageDataset train,
        IImageDataset? validation,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ClassCounts.EnsureEqual(_model, train);
        if (validation is not null)
        {
            ClassCounts.EnsureEqual(_model, validation);
        }

        var description = new ModelDescription { Options = _model.Options, Preprocessing = _options.Preprocessing, Labels = train.Labels };
        var directory = _options.OutputDirectory is { } path ? new RunDirectory(path, _options, description) : null;
        var loading = new LoaderOptions
        {
            BatchSize = _options.BatchSize,
            Shuffle = true,
            Seed = _options.Seed,
            WorkerCount = _options.WorkerCount,
            DropLast = train.Count >= _options.BatchSize,
            Preprocessing = _options.AugmentWholePicture ? null : _options.Preprocessing,
            Normalization = _options.Preprocessing.Normalization,
            Weighting = _options.BalanceClasses ? SampleWeighting.Balanced(train) : null,
            Mixing = _options.Mixing,
            Augmentation = _options.Augmentation,
        };
        var loader = new BatchLoader(Cached(train), loading, _model.parameters().First().device);
        using var run = new TrainingRun(_model, _options, loader, validation is null ? null : Cached(validation), directory, progress);
        return run.Run(cancellationToken);
    }

    private IImageDataset Cached(IImageDataset dataset) =>
        _options.CacheByteLimit == 0 ? dataset : new CachedDataset(dataset, _options.CacheByteLimit);
}
