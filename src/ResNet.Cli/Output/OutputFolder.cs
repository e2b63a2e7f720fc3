namespace ResNet.Cli;

/// <summary>The folder that a command's files go to.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder before the work, so that nothing is worked out that cannot be kept.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="folder">The folder. Null: none was asked for.</param>
    /// <exception cref="UsageException">The name is empty, or that of a file.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Prepare(string option, string? folder)
    {
        if (folder is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(folder) || File.Exists(folder))
        {
            throw new UsageException(folder.Trim().Length == 0 ? $"{option} is empty; name a folder, new or old." : $"{option} is {folder}, which is a file; name a folder, new or old.");
        }

        Directory.CreateDirectory(folder);
    }
}
