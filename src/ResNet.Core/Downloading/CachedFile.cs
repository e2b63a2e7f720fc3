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

        var mark = VerifiedMark.Read(file);
        if (request.Sha256 is null && mark is not null && mark.Address != AddressHash.Of(request.Url))
        {
            // Nothing else says what the file must be, and this one came from elsewhere, or nobody knows from where.
            return false;
        }

        string? expected = request.Sha256 ?? mark?.Hash;
        if (!inFull && mark is { IsCurrent: true } && mark.Hash.StartsWith(expected!, StringComparison.Ordinal))
        {
            return true;
        }

        string hash = await ContentHash.OfFileAsync(path, cancellationToken).ConfigureAwait(false);
        if (expected is not null && !hash.StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        // A file without a mark was put there by hand: from now on it is that of this address.
        VerifiedMark.TryWrite(path, hash, hash == mark?.Hash ? mark.Address : AddressHash.Of(request.Url));
        return true;
    }
}
