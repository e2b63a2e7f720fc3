namespace ResNet.Training;

/// <summary>What is in a data set.</summary>
/// <param name="Parts">Its parts, in the order in which they were given.</param>
/// <param name="Duplicates">Groups of pictures with exactly the same pixels, each of two or more; null where they were not looked for.</param>
public sealed record DatasetReport(IReadOnlyList<DatasetPartReport> Parts, IReadOnlyList<DuplicatePictures>? Duplicates)
{
    /// <summary>Looks at every picture of every part.</summary>
    /// <param name="parts">The parts, one or more.</param>
    /// <param name="options">How. Default: null, every picture is read.</param>
    /// <param name="progress">Receives the share that is done, 0 to 1, on whichever thread. Default: null.</param>
    /// <param name="cancellationToken">Stops it at any moment.</param>
    /// <returns>What was found: the same whatever the number of threads.</returns>
    /// <exception cref="InvalidOptionsException">The options cannot be used.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static DatasetReport Scan(
        IReadOnlyList<DatasetPart> parts,
        DatasetScanOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        options ??= new DatasetScanOptions();
        options.EnsureValid();
        if (!options.ReadPictures)
        {
            return new DatasetReport([.. parts.Select(part => DatasetPartReport.Of(part, pictures: null))], Duplicates: null);
        }

        var scan = new PictureScan(options, parts.Sum(part => (long)part.Dataset.Count), progress, cancellationToken);
        var facts = parts.Select(part => scan.Read(part.Dataset)).ToArray();
        return new DatasetReport(
            [.. parts.Zip(facts, DatasetPartReport.Of)],
            options.FindDuplicates ? DuplicatePictures.Find(parts, facts) : null);
    }
}
