namespace ResNet.Imaging;

/// <summary>
/// A file or a stream is no picture that can be read: of another format, damaged, cut off, or larger than allowed.
/// The message names the file, what was found, and what to do.
/// </summary>
public sealed class ImageFormatException : FormatException
{
    /// <summary>Names the file and what was found in it.</summary>
    /// <param name="source">The file's path, or the name that the caller gave to the stream or bytes.</param>
    /// <param name="found">What was found there and what to do, as the end of the sentence "source: …".</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ImageFormatException(string source, string found, Exception? innerException = null)
        : base(VisibleText.Lines($"{source}: {found}"), innerException)
    {
        ImageName = source;
    }

    /// <summary>Whether it may well be an image, but has more pixels or bytes, or takes more memory, than is allowed: HTTP's 413 instead of 400.</summary>
    /// <value>Default: false.</value>
    public bool IsTooLarge { get; init; }

    /// <summary>The file's path, or the name that the caller gave to the stream or bytes.</summary>
    public string ImageName { get; }

    internal static ImageFormatException TooLarge(string source, string found) => new(source, found) { IsTooLarge = true };
}
