namespace ResNet.Downloading;

/// <summary>Which version of which address a partial file is.</summary>
/// <param name="Url">The address.</param>
/// <param name="ETag">The server's tag of the version, if it gave a strong one.</param>
/// <param name="LastModified">When the version was made, if the server says it.</param>
/// <param name="Length">Its whole length in bytes, if known.</param>
internal sealed record PartialNote(string Url, string? ETag, DateTimeOffset? LastModified, long? Length)
{
    /// <summary>Whether a server can be asked to go on with just this version.</summary>
    public bool CanBeVerified => ETag is not null || LastModified is not null;
}
