using ResNet.Imaging;

namespace ResNet.Inference;

/// <summary>How much <see cref="ImageClassifier"/> takes on at once, and of how large images.</summary>
/// <remarks>
/// Single images wait for their turn to be decoded; many files at once (<see cref="BulkOptions"/>) have workers of their own, and batches are decoded one by one. The memory
/// for decoding is at most <see cref="MaxConcurrentDecodes"/> times that of <see cref="Decoding"/>; streams that wait are held as bytes.
/// </remarks>
public sealed record ClassifierLimits
{
    /// <summary>For programs whose images are their own: none but those of <see cref="ImageDecodeOptions.Default"/>, and any number of calls waits.</summary>
    public static ClassifierLimits Default { get; } = new();

    /// <summary>For hosts that classify what strangers send: <see cref="ImageDecodeOptions.Untrusted"/>, and at most 32 calls wait.</summary>
    public static ClassifierLimits Untrusted { get; } = new() { Decoding = ImageDecodeOptions.Untrusted, MaxQueueLength = 32 };

    /// <summary>Orientation and limits of decoding, for every call that reads a file, a stream or bytes and has no options of its own.</summary>
    /// <value>Default: <see cref="ImageDecodeOptions.Default"/>.</value>
    public ImageDecodeOptions Decoding { get; init; } = ImageDecodeOptions.Default;

    /// <summary>How many images are decoded and prepared at once.</summary>
    /// <value>At least 1. Default: the number of processors; more would take memory without being faster.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxConcurrentDecodes
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxConcurrentDecodes must be at least 1.");
    } = Environment.ProcessorCount;

    /// <summary>How many calls may wait besides those whose images are decoded; one more ends at once in an <see cref="ImageQueueFullException"/>, before its stream is read.</summary>
    /// <value>0 or more. Default: null, any number.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public int? MaxQueueLength
    {
        get;
        init => field = value is null or >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxQueueLength must be at least 0, or null for no limit.");
    }
}
