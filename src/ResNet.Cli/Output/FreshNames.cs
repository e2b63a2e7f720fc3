using System.Text;

namespace ResNet.Cli;

/// <summary>Names of files that one run writes, each once: of photos from several folders, two may be called alike.</summary>
internal sealed class FreshNames
{
    /// <summary>In bytes of UTF-8, as file systems count.</summary>
    private const int MaxLength = 255;

    private const int RoomForNumber = 8;
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name with the ending, numbered where it is taken.</summary>
    public string Take(string name, string ending)
    {
        name = Shortened(name, MaxLength - RoomForNumber - Encoding.UTF8.GetByteCount(ending));
        string fresh = name + ending;
        for (int number = 2; !_taken.Add(fresh); number++)
        {
            fresh = $"{name}-{number}{ending}";
        }

        return fresh;
    }

    /// <summary>The beginning of a name that leaves no room for the ending.</summary>
    private static string Shortened(string name, int maxLength)
    {
        while (Encoding.UTF8.GetByteCount(name) > maxLength)
        {
            name = name[..^(char.IsLowSurrogate(name[^1]) && name.Length > 1 ? 2 : 1)];
        }

        return name;
    }
}
