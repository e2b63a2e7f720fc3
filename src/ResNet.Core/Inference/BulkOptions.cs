using ResNet.Imaging;

namespace ResNet.Inference;

/// <summary>How <see cref="ImageClassifier"/> classifies many files.</summary>
public sealed record BulkOptions
{
    private const int MostPictures = 4096;
    private const int MostWorkers = 256;

    /// <summary>The defaults of every property.</summary>
    public static BulkOptions Default { get; } = new();

    /// <summary>The most pictures that the network sees at once; the ten crops of <see cref="TestCrops.Ten"/> count as ten. Twice as many
    /// more may wait, decoded and cropped.</summary>
    /// <value>1 to 4096. Default: 32.</value>
    public int BatchSize { get; init; } = 32;

    /// <summary>How many files are read and decoded at the same time.</summary>
    /// <value>1 to 256. Default: half the number of processors, 1 to 8: on a CPU the network needs them more.</value>
    public int WorkerCount { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 8);

    /// <summary>What happens on a file that cannot be read.</summary>
    /// <value>Default: <see cref="BulkErrorHandling.Report"/>.</value>
    public BulkErrorHandling OnError { get; init; }

    /// <summary>Orientation and limits of decoding.</summary>
    /// <value>Default: <see cref="ImageDecodeOptions.Default"/>.</value>
    public ImageDecodeOptions Decoding { get; init; } = ImageDecodeOptions.Default;

    /// <summary>Lists everything that is wrong with the options.</summary>
    /// <returns>One sentence a fault; empty where the options can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (BatchSize is < 1 or > MostPictures)
        {
            faults.Add($"BatchSize is {BatchSize}; it must be 1 to {MostPictures}.");
        }

        if (WorkerCount is < 1 or > MostWorkers)
        {
            faults.Add($"WorkerCount is {WorkerCount}; it must be 1 to {MostWorkers}.");
        }

        if (!Enum.IsDefined(OnError))
        {
            faults.Add($"OnError is {OnError}; it must be Report or Throw.");
        }

        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(BulkOptions), Faults());
}
