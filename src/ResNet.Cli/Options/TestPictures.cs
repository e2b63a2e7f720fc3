using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>The pictures that a network is tested on, with labels in the network's order.</summary>
internal static class TestPictures
{
    private static readonly string[] TestFolders = ["test", "val", "validation"];

    /// <summary>Opens <c>DIR/test</c>, <c>DIR/val</c> or <c>DIR/validation</c>, or DIR itself where it holds the class folders.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="labels">The network's classes; null where they are not known, and the folder's names in order are taken.</param>
    public static ImageFolder Open(string folder, ClassLabels? labels)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"'{folder}' is no folder that is there.");
        }

        string root = TestFolders.Select(name => Find(folder, name)).FirstOrDefault(path => path is not null) ?? folder;
        if (labels is null)
        {
            return ImageFolder.Open(root);
        }

        var found = ImageFolder.Open(root).Labels;
        string[] unknown = [.. found.Except(labels)];
        return unknown.Length == 0
            ? ImageFolder.Open(root, labels)
            : throw new DatasetException(
                $"{root} has classes that the network does not know: {string.Join(", ", unknown.Take(5))}. "
                + $"It knows {string.Join(", ", labels.Take(5))}{(labels.Count > 5 ? $" and {labels.Count - 5} more" : string.Empty)}.");
    }

    // As training finds it: in either case, and only with folders in it, since a class may be called 'test'.
    private static string? Find(string folder, string name) =>
        Directory.EnumerateDirectories(folder)
            .Where(path => Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase) && Directory.EnumerateDirectories(path).Any())
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
}
