using System.Formats.Tar;
using System.IO.Compression;

namespace ResNet.Training;

/// <summary>Unpacks the archives of CIFAR: the files that are known, at the lengths that they must have, and nothing else.</summary>
internal static class CifarArchive
{
    // A few readme files and headers lie beside the data.
    private const long MostBesides = 1 << 20;

    /// <summary>Unpacks into a folder that is there when all of its files are. The caller holds the lock of the target.</summary>
    public static async Task UnpackAsync(CifarFormat format, string archive, string target, CancellationToken cancellationToken)
    {
        long needed = format.AllFiles.Sum(format.LengthOf);
        if (DiskSpace.FreeAt(Path.GetDirectoryName(target)!) is { } free && free < needed)
        {
            throw new DatasetException(Invariant($"{archive} unpacks to {needed} bytes, but the disk of {target} has {free} free; make room there."));
        }

        // What a killed process left.
        string temporary = target + ".partial";
        Delete(temporary);
        Directory.CreateDirectory(temporary);
        try
        {
            await ReadAsync(format, archive, temporary, needed + MostBesides, cancellationToken).ConfigureAwait(false);
            Directory.Move(temporary, target);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            Delete(temporary);
            throw new DatasetException($"{archive} is no archive of {format.Name}, or is damaged or cut off: {e.Message} Download it again.", e);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    private static async Task ReadAsync(CifarFormat format, string archive, string folder, long mostBytes, CancellationToken cancellationToken)
    {
        using var file = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        using var unzipped = new BoundedReadStream(new GZipStream(file, CompressionMode.Decompress), mostBytes);
        using var tar = new TarReader(unzipped);
        var missing = format.AllFiles.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        while (missing.Count > 0 && await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            // The name of the entry only finds the file; it is written under its known name.
            string[] parts = [.. entry.Name.Split('/').Where(part => part is not ("" or "."))];
            if (parts is [.., var folderName, var name] && folderName == format.Folder && missing.Remove(name, out CifarFile? wanted))
            {
                await WriteAsync(format, wanted, entry, folder, cancellationToken).ConfigureAwait(false);
            }
        }

        if (missing.Count > 0)
        {
            throw new InvalidDataException($"{format.Folder} in it lacks {DatasetLayout.Names(missing.Keys)}.");
        }
    }

    private static async Task WriteAsync(CifarFormat format, CifarFile wanted, TarEntry entry, string folder, CancellationToken cancellationToken)
    {
        bool isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
        long expected = format.LengthOf(wanted);
        if (!isFile || entry.DataStream is null || entry.Length != expected)
        {
            throw new InvalidDataException(Invariant($"{wanted.Name} should be a file of {expected} bytes, but is a {entry.EntryType} of {entry.Length}."));
        }

        using var output = new FileStream(Path.Combine(folder, wanted.Name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await entry.DataStream.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
        output.Flush(flushToDisk: true);
        if (output.Length != expected)
        {
            throw new EndOfStreamException($"{wanted.Name} ends after {output.Length} bytes.");
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
