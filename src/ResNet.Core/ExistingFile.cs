namespace ResNet;

/// <summary>What readers and writers of files ask about a path first.</summary>
internal static class ExistingFile
{
    /// <summary>Where a file really is: its full path, links resolved; of one that is not there yet, where it would be.</summary>
    public static string RealPath(string path) =>
        (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    /// <summary>Does nothing where there is such a file. Nothing is opened, so that no pipe holds the caller up.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What it should be, such as "a picture file".</param>
    /// <exception cref="FileNotFoundException">There is none; the message says what was found and where it was looked for.</exception>
    /// <exception cref="IOException">It is a pipe, a device or a socket.</exception>
    public static void Ensure(string path, string kind)
    {
        switch (FileNode.KindOf(path))
        {
            case FileKind.Regular:
                return;
            case FileKind.Folder:
                throw new FileNotFoundException($"{path} is a folder, not {kind}; check the name (the current folder is {CurrentFolder()}).", path);
            case FileKind.Pipe:
                throw new IOException($"{path} is a pipe, not {kind}: it would have to be read more than once, which a pipe cannot be. Write its content to a file first, and name that.");
            case FileKind.None when FileNames.IsLost(path):
                throw new FileNotFoundException($"{path} is not found: {FileNames.NotUtf8}.", path);
            case FileKind.None:
                throw new FileNotFoundException($"{path} does not exist; check the name (the current folder is {CurrentFolder()}).", path);
            case var found:
                throw new IOException($"{path} is {FileNode.Describe(found)}, not {kind}; name a file.");
        }
    }

    /// <summary>The current folder; it may have been deleted.</summary>
    private static string CurrentFolder()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (IOException)
        {
            return "gone";
        }
    }
}
