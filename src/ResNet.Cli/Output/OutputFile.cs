using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>What holds for every file that is made of another: nothing is lost that the user did not give up.</summary>
internal static class OutputFile
{
    /// <exception cref="UsageException">It is there already, or is the one that is read.</exception>
    public static void EnsureMayWrite(string from, string to, bool force)
    {
        if (SamePath(from, to))
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

    /// <summary>What was only assumed is not written down as if it were known, and that is said.</summary>
    /// <param name="terminal">Where it is said.</param>
    /// <param name="source">The file that is read.</param>
    /// <param name="given">The normalisation of the command line; null where it names none.</param>
    /// <param name="to">The file to write.</param>
    public static Preprocessing? KnownPreprocessing(Terminal terminal, ModelSource source, Normalization? given, string to)
    {
        if (source.Assumption is null || given is not null)
        {
            return source.Preprocessing;
        }

        terminal.Error.Say($"{source.Path} does not say how pictures are prepared, so {to} will not either. Say it with --normalization.");
        return null;
    }

    private static bool SamePath(string from, string to)
    {
        var comparison = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return Target(from).Equals(Target(to), comparison);
    }

    private static string Target(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
}
