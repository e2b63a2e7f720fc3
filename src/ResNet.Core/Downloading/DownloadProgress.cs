namespace ResNet.Downloading;

/// <summary>How far a download is.</summary>
/// <param name="FileName">The file's name in the cache.</param>
/// <param name="BytesReceived">Bytes that are there, those of earlier attempts included. It falls back to 0 where a download has to start again.</param>
/// <param name="TotalBytes">Length of the file in bytes; null where neither the caller nor the server says it.</param>
public sealed record DownloadProgress(string FileName, long BytesReceived, long? TotalBytes)
{
    /// <summary>What went wrong with the last attempt and when the next one begins, as a sentence.</summary>
    /// <value>Default: null while bytes come.</value>
    public string? Trouble { get; init; }
}
