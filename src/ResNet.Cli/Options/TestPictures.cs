using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>The pictures that a network is tested on, with labels in the network's order.</summary>
internal static class TestPictures
{
    /// <summary>Opens <c>DIR/test</c>, <c>DIR/val</c> or <c>DIR/validation</c>, or DIR itself where it holds the class folders.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="labels">The network's classes; null where they are not known, and the folder's names in order are taken.</param>
    public static ImageFolder Open(string folder, ClassLabels? labels)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"'{folder}' is no folder that is there.");
        }

        string root = ImageFolderSplits.FindTestFolder(folder) ?? folder;
        var found = ImageFolder.Open(root);
        if (labels is null || found.Labels.Equals(labels))
        {
            return found;
        }

        string[] unknown = [.. found.Labels.Except(labels)];
        return unknown.Length == 0
            ? ImageFolder.Open(root, labels)
            : throw new DatasetException(
                $"{root} has classes that the network does not know: {string.Join(", ", unknown.Take(5))}. "
                + $"It knows {string.Join(", ", labels.Take(5))}{(labels.Count > 5 ? $" and {labels.Count - 5} more" : string.Empty)}.");
    }
}
