using System.Buffers;
using System.Text;

namespace ResNet.Downloading;

/// <summary>One file to have in the cache: where it comes from, and what it must be.</summary>
public sealed record DownloadRequest
{
    private const int ShortestHash = 8;
    private const int FullHash = 64;

    /// <summary>In bytes of UTF-8. File systems allow 255; what lies beside the file while it comes has a longer name.</summary>
    private const int MaxNameLength = 200;

    private static readonly SearchValues<char> Special = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>The address, <c>https</c> or <c>http</c>.</summary>
    /// <exception cref="ArgumentException">It is not absolute, or of another scheme.</exception>
    public required Uri Url
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.IsAbsoluteUri && (value.Scheme == Uri.UriSchemeHttps || value.Scheme == Uri.UriSchemeHttp)
                ? value
                : throw new ArgumentException($"'{value}' is no absolute address that begins with https:// or http://.", nameof(value));
        }
    }

    /// <summary>The file's name in the cache folder, without a folder.</summary>
    /// <value>
    /// Default: null, the last part of the address's path; where there is no <see cref="Sha256"/> either, with 16 digits before its extension that stand for the
    /// whole address. A name given here without a hash belongs to one address at a time: for another one the file is fetched anew.
    /// </value>
    /// <exception cref="ArgumentException">It is no plain file name.</exception>
    public string? FileName
    {
        get;
        init => field = value is null || IsPlain(value) ? value : throw new ArgumentException(
            $"'{value}' is no plain file name: give one without folders, special characters or a leading dot.", nameof(value));
    }

    /// <summary>SHA-256 of the content in hexadecimal digits: all 64, or the first ones (at least 8), as names of torchvision's files hold them.</summary>
    /// <value>Default: null, the content is not checked; then only what the transport checks is known of it.</value>
    /// <exception cref="ArgumentException">It is not 8 to 64 hexadecimal digits.</exception>
    public string? Sha256
    {
        get;
        init => field = value is null || (value.Length is >= ShortestHash and <= FullHash && value.All(char.IsAsciiHexDigit))
            ? value?.ToLowerInvariant()
            : throw new ArgumentException($"'{value}' is no SHA-256; it must be {ShortestHash} to {FullHash} hexadecimal digits.", nameof(value));
    }

    /// <summary>Length of the file in bytes.</summary>
    /// <value>0 or more. Default: null, not known beforehand.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public long? Length
    {
        get;
        init => field = value is not < 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A length cannot be below 0.");
    }

    /// <summary>The name that the file gets; null where there is no <see cref="FileName"/> and the address does not end in one.</summary>
    internal string? TargetName => FileName ?? (Uri.UnescapeDataString(Url.Segments[^1]) is var last && IsPlain(last)
        ? Sha256 is null ? WithAddress(last) : last
        : null);

    /// <summary>On every system alike: what is a name here and a path elsewhere is no name. Names that begin with a dot are the cache's own.</summary>
    private static bool IsPlain(string name) =>
        name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MaxNameLength && name[0] != '.' && name.AsSpan().Trim().Length == name.Length
        && !name.AsSpan().ContainsAny(Special) && !name.Any(char.IsControl);

    /// <summary>The extension stays at the end: readers go by it.</summary>
    private string WithAddress(string name) => $"{Path.GetFileNameWithoutExtension(name)}-{AddressHash.Of(Url)}{Path.GetExtension(name)}";
}
