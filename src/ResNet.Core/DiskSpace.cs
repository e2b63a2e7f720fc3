namespace ResNet;

/// <summary>How much a disk still holds.</summary>
internal static class DiskSpace
{
    /// <summary>Free bytes on the disk that holds a folder, or would hold it once it is made; null where they cannot be told.</summary>
    public static long? FreeAt(string folder)
    {
        try
        {
            string? existing = Path.GetFullPath(folder);
            while (existing is not null && !Directory.Exists(existing))
            {
                existing = Path.GetDirectoryName(existing);
            }

            // File systems without a size, such as those of the kernel, have no free space to speak of.
            return existing is null || new DriveInfo(existing) is not { TotalSize: > 0 } drive ? null : drive.AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
