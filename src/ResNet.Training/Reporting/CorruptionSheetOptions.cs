namespace ResNet.Training;

/// <summary>What a sheet of corruptions shows.</summary>
public sealed record CorruptionSheetOptions
{
    /// <summary>The corruptions, each in a row of its own.</summary>
    /// <value>At least one. Default: <see cref="Corruption.AllKinds"/>.</value>
    public IReadOnlyList<CorruptionKind> Kinds { get; init; } = Corruption.AllKinds;

    /// <summary>How many pictures are shown, side by side, each as it is and in all five severities.</summary>
    /// <value>1 to 8. Default: 2. They are of different classes, as far as there are so many.</value>
    public int PictureCount { get; init; } = 2;

    /// <summary>Chooses the pictures, and is where chance comes from.</summary>
    /// <value>Default: 0.</value>
    public int Seed { get; init; }

    /// <summary>Lists everything that is wrong with the options.</summary>
    /// <returns>One sentence a fault; empty where the options can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (Kinds.Count == 0)
        {
            faults.Add("Kinds is empty; it must hold at least one kind of corruption.");
        }

        if (PictureCount is < 1 or > 8)
        {
            faults.Add(Invariant($"PictureCount is {PictureCount}; it must be 1 to 8."));
        }

        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(CorruptionSheetOptions), Faults());
}
