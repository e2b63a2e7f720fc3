using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>The entries of WordNet that ImageNet's folders are called after, and their names for people.</summary>
internal static class SynsetNames
{
    private const int DigitCount = 8;
    private static readonly string[] NameFiles = ["LOC_synset_mapping.txt", "synset_words.txt"];

    public static bool IsSynset(string name) => name.Length == 1 + DigitCount && name[0] == 'n' && name.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The folder of that name in the root or where Kaggle's archive has it; null where there is none.</summary>
    public static string? FolderOf(string root, string name) =>
        new[] { Path.Combine(root, name), Path.Combine(root, "ILSVRC", "Data", "CLS-LOC", name) }.FirstOrDefault(Directory.Exists);

    /// <summary>A file in the root, or beside or in <c>val</c>; null where there is none.</summary>
    public static string? FileOf(string root, string name)
    {
        string[] folders = FolderOf(root, "val") is { } val ? [root, Path.GetDirectoryName(val)!, val] : [root];
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The folders that are synsets, in order.</summary>
    /// <exception cref="DatasetException">There are none, or others.</exception>
    public static string[] FoldersIn(string folder)
    {
        string[] names = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.' && (IsSynset(name) || !ClassFolder.IsOutput(Path.Combine(folder, name)))).Order(StringComparer.Ordinal)];
        string[] others = [.. names.Where(name => !IsSynset(name))];
        if (names.Length == 0 || others.Length > 0)
        {
            string found = names.Length == 0 ? "none" : $"{DatasetLayout.Names(others)} among {names.Length}";
            throw new DatasetException(
                $"{folder} should hold one folder for each class, called after its WordNet entry, such as n01440764, but has {found}. "
                + $"Unpack ImageNet's archives there; folders of other names are opened by {nameof(ImageFolder)}.");
        }

        return names;
    }

    public static ClassLabels Of(string root, string[] synsets)
    {
        // A thousand entries from the first to the last of the challenge are those of the challenge.
        if (synsets is ["n01440764", .., "n15075141"] && synsets.Length == ClassLabels.ImageNet1k.Count)
        {
            return ClassLabels.ImageNet1k;
        }

        string? file = NameFiles.Select(name => FileOf(root, name)).FirstOrDefault(path => path is not null);
        Dictionary<string, string> names = file is null ? [] : Read(file);
        return new ClassLabels(synsets.Select(synset => names.GetValueOrDefault(synset, synset)));
    }

    private static Dictionary<string, string> Read(string file)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        ExistingFile.Ensure(file, "a list of names");
        foreach (string line in File.ReadLines(file))
        {
            string[] parts = line.Split([' ', '\t'], 2, StringSplitOptions.TrimEntries);
            string name = parts.Length == 2 ? parts[1].Split(',', StringSplitOptions.TrimEntries)[0] : string.Empty;
            if (IsSynset(parts[0]) && name.Length > 0)
            {
                names[parts[0]] = name;
            }
        }

        return names;
    }
}
