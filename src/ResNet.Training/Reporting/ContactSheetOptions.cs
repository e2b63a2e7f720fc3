namespace ResNet.Training;

/// <summary>What a contact sheet shows.</summary>
public sealed record ContactSheetOptions
{
    /// <summary>What is done to the pictures, as in the first epoch of a run with this <see cref="Seed"/>.</summary>
    /// <value>Default: null, they are shown as they are.</value>
    public ITransform? Augmentation { get; init; }

    /// <summary>Chooses the pictures, and is where the augmentation's chance comes from.</summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }

    /// <summary>How many pictures each class shows, each in a column.</summary>
    /// <value>1 to 64. Default: 8.</value>
    public int SamplesPerClass { get; init; } = 8;

    /// <summary>The longest side in pixels of a picture on the sheet. Smaller pictures are enlarged by a whole number, without smoothing.</summary>
    /// <value>16 to 512. Default: 96.</value>
    public int ThumbnailSize { get; init; } = 96;

    /// <summary>The most classes that are shown; of more, as many are chosen evenly.</summary>
    /// <value>1 to 200. Default: 40.</value>
    public int MaxClassCount { get; init; } = 40;

    /// <summary>Lists everything that is wrong with the options.</summary>
    /// <returns>One sentence a fault; empty where the options can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (SamplesPerClass is < 1 or > 64)
        {
            faults.Add(Invariant($"SamplesPerClass is {SamplesPerClass}; it must be 1 to 64."));
        }

        if (ThumbnailSize is < 16 or > 512)
        {
            faults.Add(Invariant($"ThumbnailSize is {ThumbnailSize}; it must be 16 to 512."));
        }

        if (MaxClassCount is < 1 or > 200)
        {
            faults.Add(Invariant($"MaxClassCount is {MaxClassCount}; it must be 1 to 200."));
        }

        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(ContactSheetOptions), Faults());
}
