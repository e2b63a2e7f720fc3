using System.Security.Cryptography;
using System.Text;

namespace ResNet.Downloading;

/// <summary>Stands for a whole address in names and marks of files: host, path and query, but not the fragment, which no server sees.</summary>
/// <remarks>A hash, since queries may hold passwords.</remarks>
internal static class AddressHash
{
    private const int DigitCount = 16;

    public static string Of(Uri url)
    {
        string asked = url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked)))[..DigitCount];
    }
}
