namespace ResNet.Training;

/// <summary>How <see cref="DatasetReport.Scan"/> looks at pictures.</summary>
public sealed record DatasetScanOptions
{
    /// <summary>Whether every picture is read. Without it, only what names say is known: counts, and what was left out.</summary>
    /// <value>Default: true.</value>
    public bool ReadPictures { get; init; } = true;

    /// <summary>Whether pictures with exactly the same pixels are looked for, over all parts and classes.</summary>
    /// <value>Default: false. True needs <see cref="ReadPictures"/>.</value>
    public bool FindDuplicates { get; init; }

    /// <summary>How many threads read and decode. It changes the speed, never a number.</summary>
    /// <value>1 to 256. Default: the number of processors, but at most 8.</value>
    public int WorkerCount { get; init; } = Math.Min(Environment.ProcessorCount, 8);

    /// <summary>Lists everything that is wrong with the options.</summary>
    /// <returns>One sentence a fault; empty where the options can be used.</returns>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (WorkerCount is < 1 or > 256)
        {
            faults.Add(Invariant($"WorkerCount is {WorkerCount}; it must be 1 to 256."));
        }

        if (FindDuplicates && !ReadPictures)
        {
            faults.Add("FindDuplicates compares pixels, but ReadPictures is false; set it to true.");
        }

        return faults;
    }

    /// <summary>Makes sure that the options can be used.</summary>
    /// <exception cref="InvalidOptionsException">They cannot; the message lists every fault.</exception>
    public void EnsureValid() => InvalidOptionsException.ThrowIfAny(nameof(DatasetScanOptions), Faults());
}
