namespace ResNet.Cli;

/// <summary>The folder that a command's files go to.</summary>
internal static class OutputFolder
{
    private const string LockFileName = "output.lock";

    /// <summary>Keeps the folder for this process while it works: of two at once, the files of the one would stand among those of the other.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="folder">The folder, new or old. Null: none was asked for.</param>
    /// <returns>What is disposed when everything is written; null where there is nothing to write.</returns>
    /// <exception cref="IOException">Nothing can be written there, or another process writes there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static FolderLock? Hold(string option, string? folder) => folder is null ? null : FolderLock.TryTake(folder, LockFileName)
        ?? throw new IOException($"{folder} is in use: another process writes there. Wait for it, or name another folder by {option}.");

    /// <summary>Makes sure, before the work, that files can be written there, so that nothing is worked out that cannot be kept. The folder itself is made later.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="folder">The folder, new or old. Null: none was asked for.</param>
    /// <exception cref="UsageException">The name is empty, or it or a folder above it is a file.</exception>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static void EnsureUsable(string option, string? folder)
    {
        if (folder is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(folder))
        {
            throw new UsageException($"{option} is empty; name a folder, new or old.");
        }

        string? existing = Path.GetFullPath(folder);
        while (existing is not null && !Path.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing);
        }

        if (File.Exists(existing))
        {
            string place = existing == Path.GetFullPath(folder) ? folder : $"{folder}, below {existing}";
            throw new UsageException($"{option} is {place}, which is a file; name a folder, new or old.");
        }

        if (existing is not null)
        {
            string probe = Path.Combine(existing, $".resnet-{Guid.NewGuid():N}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
    }
}
