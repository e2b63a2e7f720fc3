namespace ResNet.Training;

/// <summary>The folder that the paths of a data set share: images may move, together.</summary>
internal static class SharedFolder
{
    /// <summary>The length of the longest beginning, up to a separator, that all names have.</summary>
    public static int LengthOf(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return 0;
        }

        string first = names[0];
        int length = first.Length;
        for (int i = 1; i < names.Count && length > 0; i++)
        {
            length = first.AsSpan(0, length).CommonPrefixLength(names[i]);
        }

        return first.AsSpan(0, length).LastIndexOfAny('/', '\\') + 1;
    }
}
