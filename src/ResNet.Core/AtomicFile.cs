using System.Text.RegularExpressions;

namespace ResNet;

/// <summary>Writes files that are either whole or not there: a temporary file beside the target, flushed to disk, then renamed.</summary>
public static partial class AtomicFile
{
    /// <summary>Writes a file; whatever stood at <paramref name="path"/> stays until the new content is safely on disk.</summary>
    /// <param name="path">The file to write. Its folder is created if it is missing.</param>
    /// <param name="write">Writes the content; if it throws, the old file stays and the temporary file is removed.</param>
    /// <exception cref="IOException">The folder cannot be written, or the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{path}' names no file.", nameof(path));
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = Create(temporary, target))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
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
        foreach (string path in Directory.GetFiles(folder, ".*.tmp").Where(path => Leftover().IsMatch(Path.GetFileName(path))))
        {
            try
            {
                // The system lets nobody else in while a process writes.
                using var ours = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // It is being written, or is not ours to remove.
            }
        }
    }

    [GeneratedRegex(@"^\..+\.[0-9a-f]{32}\.tmp$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leftover();

    /// <summary>The temporary name is ours; a message speaks of the file that was asked for.</summary>
    private static FileStream Create(string temporary, string target)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{target} cannot be written: {fault.Message.Replace(temporary, target, StringComparison.Ordinal).TrimEnd('.')}.", fault);
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
