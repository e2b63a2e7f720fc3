using System.Globalization;

namespace ResNet.Downloading;

/// <summary>
/// Remembers beside a file, as <c>name.sha256</c>, that it was hashed: the hash, and the file's length and time of change at that moment. While
/// those stay, the file is not read through again.
/// </summary>
internal static class VerifiedMark
{
    /// <summary>The hash that the file had; null where there is no mark, or the file changed since.</summary>
    public static string? Read(FileInfo file)
    {
        try
        {
            return File.ReadAllText(PathOf(file.FullName)).Split(' ') is [var hash, var length, var changed]
                && length == Text(file.Length) && changed == Text(file.LastWriteTimeUtc.Ticks) ? hash : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the mark where that can be done; a folder that is only read from works as well, with a hash at each use.</summary>
    public static void TryWrite(string path, string hash)
    {
        var file = new FileInfo(path);
        try
        {
            AtomicFile.WriteAllText(PathOf(path), $"{hash} {Text(file.Length)} {Text(file.LastWriteTimeUtc.Ticks)}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Only the next use gets slower.
        }
    }

    private static string PathOf(string path) => path + ".sha256";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
