using System.Globalization;

namespace ResNet.Downloading;

/// <summary>
/// Remembers beside a file, as <c>name.sha256</c>, that it was hashed: the hash, the file's length and time of change at that moment, and which
/// address it came from, as a hash too. While length and time stay, the file is not read through again.
/// </summary>
/// <param name="Hash">SHA-256 of the content.</param>
/// <param name="Address">What <see cref="AddressHash"/> says of the address; null where it is not known.</param>
/// <param name="IsCurrent">Whether the file has the length and the time of change that it had.</param>
internal sealed record VerifiedMark(string Hash, string? Address, bool IsCurrent)
{
    /// <summary>The mark of a file; null where there is none.</summary>
    public static VerifiedMark? Read(FileInfo file)
    {
        try
        {
            // Marks of earlier versions hold no address.
            return File.ReadAllText(PathOf(file.FullName)).Split(' ') is [var hash, var length, var changed, .. var rest] && rest.Length <= 1
                ? new VerifiedMark(hash, rest.FirstOrDefault(), length == Text(file.Length) && changed == Text(file.LastWriteTimeUtc.Ticks))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the mark where that can be done; a folder that is only read from works as well, with a hash at each use.</summary>
    public static void TryWrite(string path, string hash, string? address)
    {
        var file = new FileInfo(path);
        string origin = address is null ? string.Empty : $" {address}";
        try
        {
            AtomicFile.WriteAllText(PathOf(path), $"{hash} {Text(file.Length)} {Text(file.LastWriteTimeUtc.Ticks)}{origin}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only the next use gets slower.
        }
    }

    private static string PathOf(string path) => path + ".sha256";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
