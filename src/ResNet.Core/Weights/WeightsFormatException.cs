namespace ResNet.Weights;

/// <summary>
/// A file of weights is damaged, cut off, hostile, of a format that is not read, or does not say what was asked of it.
/// The message names the file, the place, what was found, and what to do.
/// </summary>
public sealed class WeightsFormatException : FormatException
{
    /// <summary>Names the file, the place and what was found there.</summary>
    /// <param name="source">The file's path, or the name that the caller gave to the stream.</param>
    /// <param name="found">What was found there and what to do, as the end of the sentence "source: …".</param>
    /// <param name="offset">The byte of the file where it was found; null where no single byte is at fault.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public WeightsFormatException(string source, string found, long? offset = null, Exception? innerException = null)
        : base(VisibleText.Lines(offset is null ? $"{source}: {found}" : $"{source}, byte {offset}: {found}"), innerException)
    {
        WeightsName = source;
        Offset = offset;
    }

    /// <summary>The file's path, or the name that the caller gave to the stream.</summary>
    public string WeightsName { get; }

    /// <summary>The byte of the file where the fault was found; null where no single byte is at fault.</summary>
    public long? Offset { get; }
}
