namespace ResNet.Downloading;

/// <summary>Whether a file of the cache is the one that is asked for.</summary>
internal static class CachedFile
{
    /// <param name="path">Where the file would be.</param>
    /// <param name="request">What it must be.</param>
    /// <param name="inFull">Whether to hash it even where its mark says that it was.</param>
    /// <param name="cancellationToken">Ends the hashing.</param>
    public static async Task<bool> IsRightAsync(string path, DownloadRequest request, bool inFull, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists || (request.Length is { } length && file.Length != length))
        {
            return false;
        }

        string? marked = VerifiedMark.Read(file);
        if (!inFull && (request.Sha256 is null || marked?.StartsWith(request.Sha256, StringComparison.Ordinal) == true))
        {
            return true;
        }

        string hash = await ContentHash.OfFileAsync(path, cancellationToken).ConfigureAwait(false);
        if (!hash.StartsWith(request.Sha256 ?? marked ?? string.Empty, StringComparison.Ordinal))
        {
            return false;
        }

        VerifiedMark.TryWrite(path, hash);
        return true;
    }
}
