using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// How a network is trained: stochastic gradient descent with momentum and weight decay (section 3.4). Start from a preset
/// and change it with <c>with</c>.
/// </summary>
public sealed partial record TrainingOptions
{
    /// <summary>How long to train, in passes over the training set.</summary>
    /// <value>1 or more. Default: null; then <see cref="Iterations"/> says it.</value>
    public int? Epochs { get; init; }

    /// <summary>How long to train, in mini-batches. Where both are given, this is what counts.</summary>
    /// <value>1 or more. Default: null; then <see cref="Epochs"/> says it.</value>
    public int? Iterations { get; init; }

    /// <summary>Pictures in a mini-batch.</summary>
    /// <value>1 or more. Default: 128, the paper's for CIFAR-10.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>How the learning rate changes.</summary>
    /// <value>Default: divided by 10 at half and at three quarters of the run.</value>
    public LearningRateSchedule Schedule { get; init; } = new StepSchedule();

    /// <summary>How a picture becomes the network's input; saved with the weights.</summary>
    public required Preprocessing Preprocessing { get; init; }

    /// <summary>What is changed at random while training.</summary>
    /// <value>Default: null, nothing.</value>
    public ITransform? Augmentation { get; init; }

    /// <summary>
    /// Whether <see cref="Augmentation"/> gets the whole picture, as it was decoded, and crops it itself (the paper's scale augmentation); the
    /// resize and crop of <see cref="Preprocessing"/> then belong to validation alone. It must end in pictures of one size.
    /// </summary>
    /// <value>Default: <see langword="false"/>, it gets what <see cref="Preprocessing"/> makes.</value>
    public bool AugmentWholePicture { get; init; }

    /// <summary>Mixes the pictures of each batch with one another (mixup, CutMix).</summary>
    /// <value>Default: null, pictures stay apart.</value>
    public BatchMixing? Mixing { get; init; }

    /// <summary>Whether classes are drawn equally often, whatever their size, instead of each picture once an epoch.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool BalanceClasses { get; init; }

    /// <summary>Where order and augmentation come from. The weights are drawn when the model is built, before this matters.</summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }

    /// <summary>How many threads read, decode and augment. It changes the speed, never the result.</summary>
    /// <value>1 to 256. Default: the number of processors, but at most 8.</value>
    public int WorkerCount { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>How many bytes of decoded pictures are kept in memory from one epoch to the next, of the training set and of the validation set each.</summary>
    /// <value>0 or more. Default: 1 GiB.</value>
    public long CacheByteLimit { get; init; } = 1L << 30;

    /// <summary>Where the run's files go; created if missing.</summary>
    /// <value>Default: null, nothing is written.</value>
    public string? OutputDirectory { get; init; }
}
