namespace ResNet;

/// <summary>Why a file of a folder holds nothing to read, told without opening it.</summary>
internal static class EmptyFile
{
    /// <param name="path">The file.</param>
    /// <param name="isEmpty">Whether the folder's entry says a length of 0, as it does of pipes and devices.</param>
    /// <param name="isLink">Whether it is a link, whose length says nothing.</param>
    /// <returns>The reason; null where there may be something. What a link leads to may come back: that there is nothing is said when it is read.</returns>
    public static string? Reason(string path, bool isEmpty, bool isLink) => !isEmpty && !isLink ? null : FileNode.KindOf(path) switch
    {
        FileKind.Regular or FileKind.None => isEmpty ? "an empty file" : null,
        var kind => $"{FileNode.Describe(kind)}, not a file",
    };
}
