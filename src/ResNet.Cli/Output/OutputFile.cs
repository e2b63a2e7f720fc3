using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>What holds for every file that is made of another: nothing is lost that the user did not give up.</summary>
internal static class OutputFile
{
    /// <exception cref="UsageException">It is there already, or is the one that is read.</exception>
    public static void EnsureMayWrite(string? from, string to, bool force)
    {
        if (from is not null && SamePath(from, to))
        {
            throw new UsageException($"{to} is the file that is read; name another one to write.");
        }

        if (File.Exists(to) && !force)
        {
            throw new UsageException($"{to} is there already; name another file, or replace it with --force.");
        }
    }

    /// <summary>A shard, the file in a folder, and a published file in the cache are not what IN names, but are read all the same.</summary>
    public static void EnsureIsNotRead(string from, StateDictReadOptions how, string to)
    {
        using var file = StateDictFile.Open(from, how);
        if (file.Paths.Any(path => SamePath(path, to)))
        {
            throw new UsageException($"{to} is one of the files that {from} consists of; name another one to write.");
        }
    }

    private static bool SamePath(string from, string to)
    {
        var comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return Target(from).Equals(Target(to), comparison);
    }

    private static string Target(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
}
