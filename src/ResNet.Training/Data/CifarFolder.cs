using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ResNet.Downloading;

namespace ResNet.Training;

/// <summary>Finds the binary files of CIFAR: in a folder, or in the archive, which is unpacked once.</summary>
internal static class CifarFolder
{
    /// <param name="format">Which data set.</param>
    /// <param name="path">A folder that holds the files, the archive, or the folder that the archive unpacks to; or the archive itself.</param>
    /// <param name="part">Which files are needed.</param>
    /// <param name="cacheFolder">Where an archive is unpacked.</param>
    /// <param name="cancellationToken">Ends the unpacking.</param>
    /// <returns>The folder that holds the files of that part.</returns>
    public static async Task<string> FindAsync(
        CifarFormat format, string path, CifarPart part, string cacheFolder, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            ExistingFile.Ensure(path, $"an archive of {format.Name}");
            return await UnpackedAsync(format, path, cacheFolder, cancellationToken).ConfigureAwait(false);
        }

        if (!Directory.Exists(path))
        {
            throw new DatasetException($"{path} does not exist. Expected {Wanted(format, part)}");
        }

        string first = format.FilesOf(part)[0].Name;
        foreach (string folder in new[] { path, Path.Combine(path, format.Folder) })
        {
            if (File.Exists(Path.Combine(folder, first)))
            {
                EnsureComplete(format, folder, part);
                return folder;
            }
        }

        string archive = Path.Combine(path, ArchiveName(format));
        return File.Exists(archive)
            ? await UnpackedAsync(format, archive, cacheFolder, cancellationToken).ConfigureAwait(false)
            : throw new DatasetException($"{path} holds neither {first} nor {format.Folder}/{first} nor {ArchiveName(format)}. Expected {Wanted(format, part)}");
    }

    private static async Task<string> UnpackedAsync(CifarFormat format, string archive, string cacheFolder, CancellationToken cancellationToken)
    {
        string target = Path.Combine(Path.GetFullPath(cacheFolder), $"{format.Folder}-{KeyOf(archive)}");
        if (Directory.Exists(target))
        {
            return target;
        }

        try
        {
            string locks = Path.Combine(Path.GetFullPath(cacheFolder), ".locks");
            Directory.CreateDirectory(locks);
            using FileLock held = await FileLock.AcquireAsync(Path.Combine(locks, Path.GetFileName(target)), cancellationToken).ConfigureAwait(false);
            if (!Directory.Exists(target))
            {
                await CifarArchive.UnpackAsync(format, archive, target, cancellationToken).ConfigureAwait(false);
            }

            return target;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{archive} cannot be unpacked to {target}: {e.Message} Make room or give permission there, or name another folder with {DownloadOptions.CacheVariable}.", e);
        }
    }

    /// <summary>Another archive, or another version of one, is unpacked to another folder.</summary>
    private static string KeyOf(string archive)
    {
        var file = new FileInfo(archive);
        string identity = string.Create(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
    }

    private static void EnsureComplete(CifarFormat format, string folder, CifarPart part)
    {
        string[] missing = [.. format.FilesOf(part).Select(file => file.Name).Where(name => !File.Exists(Path.Combine(folder, name)))];
        if (missing.Length > 0)
        {
            throw new DatasetException($"{folder} lacks {DatasetLayout.Names(missing)}. Expected {Wanted(format, part)}");
        }
    }

    private static string ArchiveName(CifarFormat format) => Path.GetFileName(format.Archive.Url.LocalPath);

    private static string Wanted(CifarFormat format, CifarPart part) =>
        $"the binary version of {format.Name}: a folder with {DatasetLayout.Names([.. format.FilesOf(part).Select(file => file.Name)])}, "
        + $"or {ArchiveName(format)} as it is published at {format.Archive.Url}.";
}
