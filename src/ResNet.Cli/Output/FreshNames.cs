namespace ResNet.Cli;

/// <summary>Names of files that one run writes, each once: of photos from several folders, two may be called alike.</summary>
internal sealed class FreshNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name with the ending, numbered where it is taken.</summary>
    public string Take(string name, string ending)
    {
        string fresh = name + ending;
        for (int number = 2; !_taken.Add(fresh); number++)
        {
            fresh = $"{name}-{number}{ending}";
        }

        return fresh;
    }
}
