namespace ResNet.Downloading;

/// <summary>Where files are kept unless the caller says otherwise: never in the current folder.</summary>
internal static class CacheLocation
{
    private const string Name = "resnet";

    /// <exception cref="IOException">There is no folder of the user's own, and none can be made among the temporary files.</exception>
    public static string Default()
    {
        if (Environment.GetEnvironmentVariable(DownloadOptions.CacheVariable) is { Length: > 0 } chosen)
        {
            return chosen;
        }

        // The XDG specification tells programs to ignore relative paths.
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache))
        {
            return Path.Combine(cache, Name);
        }

        return Candidates().FirstOrDefault(HomeFolder.CanHold) ?? HomeFolder.Temporary(Name);
    }

    /// <summary>The same for what can do without; null where there is none.</summary>
    public static string? TryDefault()
    {
        try
        {
            return Default();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Candidates() => OperatingSystem.IsLinux()
        ? HomeFolder.Find().Select(home => Path.Combine(home, ".cache", Name))
        : new[] { Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) }
            .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, Name));
}
