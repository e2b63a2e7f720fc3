namespace ResNet;

/// <summary>What readers and writers of files ask about a path first.</summary>
internal static class ExistingFile
{
    /// <summary>Where a file really is: its full path, links resolved; of one that is not there yet, where it would be.</summary>
    public static string RealPath(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    /// <summary>Does nothing where there is such a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, such as "a picture file".</param>
    /// <exception cref="FileNotFoundException">There is none; the message says what was found and where it was looked for.</exception>
    public static void Ensure(string path, string kind)
    {
        if (!File.Exists(path))
        {
            string found = Directory.Exists(path) ? $"is a folder, not {kind}" : "does not exist";
            throw new FileNotFoundException($"{path} {found}; check the name (the current folder is {Environment.CurrentDirectory}).", path);
        }
    }
}
