namespace ResNet.Downloading;

/// <summary>A file could not be fetched: the server has none, sent something else, or could not be reached. The message says what to do.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>Names the address and what went wrong there.</summary>
    /// <param name="url">The address that was asked for.</param>
    /// <param name="found">What was found there and what to do, as the end of the sentence "url: …".</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DownloadException(Uri url, string found, Exception? innerException = null)
        : base(VisibleText.Lines($"{url}: {found}"), innerException)
    {
        Url = url;
    }

    /// <summary>The address that was asked for, before any redirect.</summary>
    public Uri Url { get; }
}
