namespace ResNet;

/// <summary>Names of files that .NET cannot pass on.</summary>
internal static class FileNames
{
    /// <summary>Why such a file is left out.</summary>
    public const string NotUtf8 = "its name holds bytes that are not UTF-8, so .NET cannot open it; rename it (the tool convmv does so for whole folders)";

    /// <summary>What .NET puts in the place of bytes that are not UTF-8.</summary>
    private const char Replacement = '\uFFFD';

    /// <summary>Whether bytes of a name were lost: it looks so, and there is nothing of that name. A name may hold the replacement character itself.</summary>
    public static bool IsLost(string path) => path.Contains(Replacement, StringComparison.Ordinal) && FileNode.KindOf(path) == FileKind.None;
}
