namespace ResNet.Downloading;

/// <summary>Where files are kept unless the caller says otherwise.</summary>
internal static class CacheLocation
{
    private const string Name = "resnet";

    public static string Default()
    {
        if (Environment.GetEnvironmentVariable(DownloadOptions.CacheVariable) is { Length: > 0 } chosen)
        {
            return chosen;
        }

        if (!OperatingSystem.IsLinux())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Name);
        }

        // The XDG specification tells programs to ignore relative paths.
        return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache)
            ? Path.Combine(cache, Name)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", Name);
    }
}
