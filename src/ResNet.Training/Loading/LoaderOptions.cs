using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>How <see cref="BatchLoader"/> makes batches. Equal options and an equal data set give equal batches.</summary>
public sealed record LoaderOptions
{
    /// <summary>How many pictures a batch holds.</summary>
    /// <value>At least 1. Default: 128.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>Whether every epoch has an order of its own, drawn from <see cref="Seed"/> and the epoch.</summary>
    /// <value>Default: false, the data set's order; training wants true.</value>
    public bool Shuffle { get; init; }

    /// <summary>Draws pictures with replacement, by weight, instead of visiting each once; <see cref="Shuffle"/> then changes nothing.</summary>
    /// <value>Default: null, each picture once an epoch.</value>
    public SampleWeighting? Weighting { get; init; }

    /// <summary>Mixes the pictures of each batch with one another, and their classes.</summary>
    /// <value>Default: null, pictures stay apart; evaluation wants null.</value>
    public BatchMixing? Mixing { get; init; }

    /// <summary>Where the order and the augmentation come from.</summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }

    /// <summary>How many threads read, decode and augment. It changes the speed, never the batches.</summary>
    /// <value>1 to 256. Default: the number of processors, but at most 8.</value>
    public int WorkerCount { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>Whether pictures that do not fill a last batch are left out.</summary>
    /// <value>Default: false, the last batch is smaller.</value>
    public bool DropLast { get; init; }

    /// <summary>Resize and crop, the same for every picture; done before <see cref="Augmentation"/>.</summary>
    /// <value>Default: null, pictures keep their size, and must then all have the same. Its <see cref="Imaging.Preprocessing.Crops"/> is not followed:
    /// a batch holds the centre crop of each picture, whatever the weights are tested on.</value>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>What is changed at random, with a generator derived from <see cref="Seed"/>, the epoch and the picture's index.</summary>
    /// <value>Default: null, nothing; evaluation wants null.</value>
    public ITransform? Augmentation { get; init; }

    /// <summary>
    /// Whether the values of a pixel's channels lie together in memory (NHWC), as some kernels want them; the shape stays N x 3 x H x W.
    /// </summary>
    /// <value>Default: false, planes (NCHW).</value>
    public bool ChannelsLast { get; init; }

    /// <summary>How bytes become numbers.</summary>
    /// <value>Default: null, as <see cref="Preprocessing"/> says. Where that is null too, this must be given.</value>
    public Normalization? Normalization { get; init; }

    internal Normalization EffectiveNormalization => Normalization ?? Preprocessing!.Normalization;

    /// <summary>Lists everything that is wrong with the options.</summary>
    /// <returns>One sentence a fault; empty where the options can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (BatchSize < 1)
        {
            faults.Add(Invariant($"BatchSize is {BatchSize}; it must be at least 1."));
        }

        if (WorkerCount is < 1 or > 256)
        {
            faults.Add(Invariant($"WorkerCount is {WorkerCount}; it must be 1 to 256."));
        }

        if (Mixing is { MixupAlpha: null, CutMixAlpha: null })
        {
            faults.Add("Mixing has neither MixupAlpha nor CutMixAlpha; give one of them, or leave Mixing out.");
        }

        if (Normalization is null && Preprocessing is null)
        {
            faults.Add("Normalization is null and there is no Preprocessing to take it from; give one of them, such as Normalization.ImageNet.");
        }
        else if (Normalization is not null && Preprocessing is not null && !Normalization.Equals(Preprocessing.Normalization))
        {
            faults.Add(
                $"Normalization is {Normalization}, but that of Preprocessing is {Preprocessing.Normalization}; give one, or the same twice.");
        }

        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(LoaderOptions), Faults());
}
