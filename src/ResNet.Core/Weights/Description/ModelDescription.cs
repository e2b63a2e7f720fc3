using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>What a file of weights says about itself, so that nothing else is needed to use it. Kept in the metadata of <c>.safetensors</c> files and beside the state dictionary in <c>.pth</c> files.</summary>
/// <remarks>
/// Rules of the format: a reader refuses a newer <see cref="FormatVersion"/>, and members of options or preprocessing that it does not
/// know, since they may change what the network computes. A writer leaves out members that version 1 does not have while they hold the
/// value that version 1 means, so that older readers still read what they can. Other metadata is ignored.
/// </remarks>
public sealed record ModelDescription
{
    /// <summary>The newest format version that this library reads, and the one it writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Version of the description's format.</summary>
    /// <value>Default: <see cref="CurrentFormatVersion"/>.</value>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>The shape of the network.</summary>
    public required ResNetOptions Options { get; init; }

    /// <summary>How pictures are prepared for the network.</summary>
    /// <value>Default: null, not known.</value>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>The names of the classes, one for each of the network's outputs.</summary>
    /// <value>Default: null, not known.</value>
    public ClassLabels? Labels { get; init; }

    /// <summary>Which images the network was trained on and selected by, so that it is not tested on them. Older readers ignore it.</summary>
    /// <value>Default: null, not known, or not to be known.</value>
    public TrainingFingerprint? Fingerprint { get; init; }
}
