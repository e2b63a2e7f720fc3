using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ResNet.Runtime;

namespace ResNet.Training;

/// <summary>
/// Trains a network as section 3.4 describes: mini-batches in a new order every epoch, cross-entropy, stochastic gradient
/// descent. After every epoch it validates, and saves the last and the best weights and a checkpoint to go on from.
/// </summary>
public sealed class Trainer
{
    // No machine has more; what a file says is not handed to native code as it is.
    private const int MostThreads = 4096;
    private readonly ResNetModel _model;
    private readonly TrainingOptions _options;
    private readonly ILogger _logger;

    /// <summary>Prepares a trainer; nothing is read or written yet.</summary>
    /// <param name="model">The network, on the device where it shall be trained. The caller keeps and disposes it.</param>
    /// <param name="options">How to train it.</param>
    /// <param name="logger">Told what is worth knowing later: the arithmetic that was chosen, epochs, damaged checkpoints. Default: null, nobody.</param>
    /// <exception cref="InvalidOptionsException">The options cannot be used; every fault is listed.</exception>
    public Trainer(ResNetModel model, TrainingOptions options, ILogger<Trainer>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.EnsureValid();
        _model = model;
        _options = options;
        _logger = logger ?? NullLogger<Trainer>.Instance;
    }

    /// <summary>The run's folder, where the caller holds it already: the trainer then neither takes nor gives back its lock.</summary>
    /// <value>That of <see cref="TrainingOptions.OutputDirectory"/>. Default: null, the trainer holds the folder while it trains.</value>
    public RunDirectory? HeldDirectory { get; init; }

    /// <summary>Trains, on the calling thread. The network is left in evaluation mode.</summary>
    /// <param name="train">The pictures to learn from. A batch that would not be full is left out of its epoch; so is one of a single image, the others of
    /// which cannot be read, where batch normalisation would see one value a channel of it.</param>
    /// <param name="validation">Pictures to validate with after every epoch and to choose the best weights by; keep a test set out of it.
    /// The network sees the centre crop of each, whatever <see cref="Imaging.Preprocessing.Crops"/> says. Null: none.</param>
    /// <param name="progress">Told after every iteration. Default: null, nobody.</param>
    /// <param name="cancellationToken">Stops between two iterations, after a checkpoint and the last weights have been saved.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="ArgumentException">A data set or the class weights have another number of classes than the network.</exception>
    /// <exception cref="DatasetException">A data set is empty, or cannot be read, or no picture of a class to learn can be read.</exception>
    /// <exception cref="InvalidOptionsException">The network's last feature map is 1x1, and it is to see one image at a time: batch normalisation cannot learn from that.</exception>
    /// <exception cref="CheckpointException">The output folder holds another run, or another process trains there.</exception>
    /// <exception cref="InvalidOperationException">A weight or buffer of the network is not finite, or <see cref="HeldDirectory"/> is not <see cref="TrainingOptions.OutputDirectory"/>.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer finite, or above <see cref="TrainingOptions.LossLimit"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; <see cref="Resume"/> goes on from where it stopped.</exception>
    /// <exception cref="IOException">The run's files cannot be written.</exception>
    public TrainingResult Fit(
        IImageDataset train,
        IImageDataset? validation,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        EnsureUsable(train, validation);
        using var own = Hold();
        return (HeldDirectory ?? own) is { HoldsRun: true } directory
            ? throw new CheckpointException($"{directory.Path} already holds a run. Go on with it (Resume, or resnet train --resume), or choose another folder.")
            : Run(train, validation, null, progress, cancellationToken);
    }

    /// <summary>
    /// Goes on with the run in <see cref="TrainingOptions.OutputDirectory"/>, from its newest whole checkpoint, as if it had never stopped: on the
    /// CPU the losses and the final weights are those of an uninterrupted run, to the last bit. The network takes over the checkpoint's weights.
    /// A run that was stopped before its first checkpoint begins anew; the network must then be as it was at its beginning.
    /// <see cref="TrainingOptions.Epochs"/> and <see cref="TrainingOptions.Iterations"/> may be others than before, also after the run's end: it then goes
    /// on to the new length, counted from its beginning, with the learning rate that the schedule over that length has from there on. Stopped on the
    /// way and resumed with the same length, it ends the same to the last bit.
    /// </summary>
    /// <param name="train">The same pictures as before.</param>
    /// <param name="validation">The same pictures as before.</param>
    /// <param name="progress">Told after every iteration. Default: null, nobody.</param>
    /// <param name="cancellationToken">Stops between two iterations, after a checkpoint and the last weights have been saved.</param>
    /// <returns>What the whole run came to; at once where it had ended already.</returns>
    /// <exception cref="CheckpointException">There is nothing to go on from, or network, options or pictures are not those of the run (the message says what
    /// differs), or more iterations are done than it is to have.</exception>
    /// <exception cref="InvalidOperationException"><see cref="TrainingOptions.OutputDirectory"/> is null, or <see cref="HeldDirectory"/> another folder.</exception>
    /// <exception cref="TrainingDivergedException">The loss is no longer finite, or above <see cref="TrainingOptions.LossLimit"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The run's files cannot be read or written.</exception>
    public TrainingResult Resume(
        IImageDataset train,
        IImageDataset? validation,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        EnsureUsable(train, validation);
        string path = _options.OutputDirectory ?? throw new InvalidOperationException("There is no folder to resume from; set TrainingOptions.OutputDirectory to that of the run.");
        var rejected = new List<string>();
        if (!Directory.Exists(path))
        {
            throw CheckpointException.NothingToResume(path, rejected);
        }

        // Held before anything is read: what another process has just written is not gone on from as if it were the end.
        using var own = Hold();
        var folder = RunFiles.CheckpointsOf(path, _options);
        if (folder.Files().Count == 0 && !RunFiles.HasBegun(path))
        {
            // Stopped before its first checkpoint: going on is beginning.
            TrainingLog.NoCheckpointYet(_logger, path);
            return Run(train, validation, null, progress, cancellationToken);
        }

        var checkpoint = folder.Newest(rejected);
        foreach (string reason in rejected)
        {
            TrainingLog.CheckpointRejected(_logger, reason);
        }

        return checkpoint is null
            ? throw CheckpointException.NothingToResume(path, rejected)
            : Run(train, validation, checkpoint, progress, cancellationToken);
    }

    /// <returns>The folder, where it is the trainer's to give back; null where there is none or the caller holds it.</returns>
    private RunDirectory? Hold()
    {
        string? path = _options.OutputDirectory;
        if (HeldDirectory is not { } held)
        {
            return path is null ? null : RunDirectory.Hold(path);
        }

        return path is not null && Path.GetFullPath(path) == Path.GetFullPath(held.Path)
            ? null
            : throw new InvalidOperationException($"HeldDirectory is {held.Path}, but TrainingOptions.OutputDirectory is {path ?? "null"}; give both the same folder.");
    }

    private TrainingResult Run(
        IImageDataset train, IImageDataset? validation, LoadedCheckpoint? checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var device = _model.parameters().First().device;
        ReadableClasses.Ensure(train, cancellationToken);
        var identity = new RunIdentity(_model, _options, train, validation);
        int threads = TorchRuntime.ThreadCount;
        try
        {
            if (checkpoint is not null)
            {
                identity.EnsureThatOf(checkpoint);
                TorchRuntime.ThreadCount = Math.Clamp(checkpoint.Read<int>("threads"), 1, MostThreads);
            }

            if (checkpoint is null && FiniteValues.FirstBroken(_model) is { } broken)
            {
                throw new InvalidOperationException(
                    Invariant($"{broken.Name} of the network holds {broken.Value} before the first iteration, and training cannot mend it. Load other weights, or build the network anew."));
            }

            SingleImages.EnsureNone(_model.Options, _options, train, LoaderOptionsFor(train, channelsLast: false), cancellationToken);
            int size = _options.Preprocessing.CropSize;
            int pictures = Math.Min(_options.MicroBatchSize ?? _options.BatchSize, train.Count);
            var path = checkpoint?.Read<ComputePath>("path")
                ?? ComputePathSelector.Choose(_model, _options.Precision, pictures, size, size, device, cancellationToken);
            TrainingLog.Arithmetic(_logger, path.Reason);
            var loader = new BatchLoader(Cached(train), LoaderOptionsFor(train, path.ChannelsLast), device);
            var split = _options.OutputDirectory is null ? null : DataSplit.Of(train, validation, _options.WorkerCount, cancellationToken);
            using var files = split is null ? null : RunFiles.Open(identity, _model, _options, loader, validation, path, split, _logger);
            var parts = new TrainingParts(_model, _options, loader, validation is null ? null : Cached(validation), path, files, progress, _logger);
            using var run = new TrainingRun(parts);
            if (checkpoint is not null)
            {
                run.Restore(checkpoint);
                checkpoint.Dispose();
            }

            return run.Run(cancellationToken);
        }
        finally
        {
            checkpoint?.Dispose();
            TorchRuntime.ThreadCount = threads;
        }
    }

    private void EnsureUsable(IImageDataset train, IImageDataset? validation)
    {
        ArgumentNullException.ThrowIfNull(train);
        ClassCounts.EnsureEqual(_model, train);
        if (_options.ClassWeights is { } weights && weights.Count != train.Labels.Count)
        {
            throw new ArgumentException($"There are {weights.Count} class weights for {train.Labels.Count} classes; give one for each.", nameof(train));
        }

        if (validation is not null)
        {
            ClassCounts.EnsureEqual(_model, validation);
            if (validation.Count == 0)
            {
                throw new DatasetException("The validation set holds no pictures. Give it some, or null to train without validation.");
            }
        }
    }

    private LoaderOptions LoaderOptionsFor(IImageDataset train, bool channelsLast) => new()
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
        ChannelsLast = channelsLast,
    };

    private IImageDataset Cached(IImageDataset dataset) =>
        _options.CacheByteLimit == 0 ? dataset : new CachedDataset(dataset, _options.CacheByteLimit);
}
