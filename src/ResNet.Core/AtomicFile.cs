using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ResNet;

/// <summary>Writes files that are either whole or not there: a temporary file beside the target, flushed to disk, then renamed.</summary>
public static partial class AtomicFile
{
    /// <summary>Writes a file; whatever stood at <paramref name="path"/> stays until the new content is safely on disk.</summary>
    /// <param name="path">The file to write. Its folder is created if it is missing.</param>
    /// <param name="write">Writes the content; if it throws, the old file stays and the temporary file is removed.</param>
    /// <exception cref="IOException">The folder cannot be written, the disk is full, or a folder, a pipe or a device stands there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' names no file.", nameof(path));
        EnsureReplaceable(target);
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $"{PrefixOf(target)}{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = Create(temporary, target))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Publish(temporary, target);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Removes the temporary files that processes left in a folder when they were killed; those of living ones stay.</summary>
    /// <param name="folder">The folder; it must be there.</param>
    internal static void RemoveLeftovers(string folder)
    {
        foreach (string path in Leftovers(folder))
        {
            try
            {
                // The system lets nobody else in while a process writes.
                using var ours = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is being written, or is not ours to remove.
            }
        }
    }

    /// <summary>The temporary files of one target, whoever left or writes them; the caller knows that nobody does.</summary>
    internal static IEnumerable<string> LeftoversOf(string target)
    {
        // Earlier versions put the target's whole name there.
        string[] prefixes = [PrefixOf(target), $".{Path.GetFileName(target)}."];
        return Leftovers(Path.GetDirectoryName(target)!).Where(path => prefixes.Any(prefix => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Leftovers(string folder) =>
        Directory.GetFiles(folder, ".*.tmp").Where(path => Leftover().IsMatch(Path.GetFileName(path)) && FileNode.KindOf(path) == FileKind.Regular);

    /// <summary>Stands for the target's name and is short: the target's may take all the 255 bytes that file systems allow.</summary>
    private static string PrefixOf(string target) =>
        $".resnet-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(target))).AsSpan(0, 8))}.";

    [GeneratedRegex(@"^\..+\.[0-9a-f]{32}\.tmp$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leftover();

    /// <summary>The temporary name is ours; a message speaks of the file that was asked for.</summary>
    private static FileStream Create(string temporary, string target)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(temporary, target, e);
        }
    }

    private static void Publish(string temporary, string target)
    {
        try
        {
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(temporary, target, e);
        }
    }

    private static IOException NotWritable(string temporary, string target, Exception cause) =>
        new($"{target} cannot be written: {cause.Message.Replace(temporary, target, StringComparison.Ordinal).TrimEnd('.')}.", cause);

    /// <summary>A file renamed to /dev/null or /dev/stdout would take its place for every program.</summary>
    private static void EnsureReplaceable(string target)
    {
        if (FileNode.KindOf(target) is not (FileKind.None or FileKind.Regular) and var found)
        {
            throw new IOException($"{target} is {FileNode.Describe(found)}; name a file.");
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte order mark, whole or not at all.</summary>
    /// <param name="path">The file to write. Its folder is created if it is missing.</param>
    /// <param name="text">The content.</param>
    /// <exception cref="IOException">The folder cannot be written, or the disk is full.</exception>
    public static void WriteAllText(string path, string text)
    {
        Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(text);
        });
    }
}
