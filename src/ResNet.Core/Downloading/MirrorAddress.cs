namespace ResNet.Downloading;

/// <summary>Addresses of files on a mirror.</summary>
internal static class MirrorAddress
{
    public static Uri? FromEnvironment() => Parse(Environment.GetEnvironmentVariable(DownloadOptions.MirrorVariable));

    public static Uri Checked(Uri mirror) => mirror.IsAbsoluteUri && IsUsable(mirror)
        ? mirror
        : throw new ArgumentException($"The mirror '{mirror}' is no absolute address that begins with https:// or http:// and holds no password.", nameof(mirror));

    /// <summary>The address of a file there: the mirror's path, then the file's own.</summary>
    public static Uri Of(Uri url, Uri? mirror) => mirror is null
        ? url
        : new Uri(mirror.GetLeftPart(UriPartial.Path).TrimEnd('/') + url.PathAndQuery);

    /// <summary>Says in a message where a file was really asked for; empty where that is its own address.</summary>
    public static string Remark(Uri url, Uri address) => url == address ? string.Empty : $" (asked at the mirror: {address})";

    private static Uri? Parse(string? variable)
    {
        if (string.IsNullOrEmpty(variable))
        {
            return null;
        }

        return Uri.TryCreate(variable, UriKind.Absolute, out var mirror) && IsUsable(mirror) ? mirror : throw new ArgumentException(
            $"The environment variable {DownloadOptions.MirrorVariable} is '{variable}'; it must be an address that begins with https:// or http:// and holds no password.",
            nameof(variable));
    }

    /// <summary>A password in an address would stand in messages and notes, and the client does not send it.</summary>
    private static bool IsUsable(Uri mirror) => IsWeb(mirror) && mirror.UserInfo.Length == 0;

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp;
}
