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

            return existing is null ? null : new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
