using ResNet.Imaging;
using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>The pictures that a network is tested on, with labels in the network's order.</summary>
internal static class TestPictures
{
    private const int MostNames = 5;

    /// <summary>
    /// Opens <c>DIR/test</c>, <c>DIR/val</c> or <c>DIR/validation</c>; where there is none, <c>DIR/train</c>, of which training holds a part out; or DIR
    /// itself where it holds the class folders.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="labels">The network's classes; null where they are not known, and the folder's names in order are taken.</param>
    /// <param name="decoding">Limits of images; null: the defaults.</param>
    public static ImageFolder Open(string folder, ClassLabels? labels, ImageDecodeOptions? decoding = null)
    {
        if (!Directory.Exists(folder))
        {
            throw new DatasetException($"'{folder}' is no folder that is there.{LostName.Remark(folder)}");
        }

        string root = ImageFolderSplits.FindTestFolder(folder) ?? ImageFolderSplits.FindTrainFolder(folder) ?? folder;
        var found = ImageFolder.Open(root, decoding: decoding);
        if (labels is null || found.Labels.Equals(labels))
        {
            return found;
        }

        string[] unknown = [.. found.Labels.Except(labels)];
        return unknown.Length == 0
            ? ImageFolder.Open(root, labels, decoding)
            : throw new DatasetException(
                $"{root} has classes that the network does not know: {string.Join(", ", unknown.Take(MostNames))}. It knows {Some([.. labels])}.");
    }

    /// <summary>Makes sure, before the work starts, that a network can be tested on the pictures, and says which of its classes have none.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="network">The network.</param>
    /// <param name="console">Where the note goes.</param>
    /// <exception cref="DatasetException">The network has other classes.</exception>
    public static void EnsureFit(ImageFolder pictures, UsedNetwork network, IAnsiConsole console)
    {
        int outputs = network.Model.Options.ClassCount;
        if (outputs != pictures.Labels.Count)
        {
            throw new DatasetException(
                $"{pictures.Root} has {pictures.Labels.Count} classes ({Some([.. pictures.Labels])}), but {network.Name} tells {outputs} apart and does not name them. "
                + "Give a folder with a class folder for each, or weights of a network for these classes.");
        }

        // A class folder may be empty, as if it were not there.
        var present = Enumerable.Range(0, pictures.Count).Select(pictures.LabelOf).ToHashSet();
        string[] without = [.. pictures.Labels.Where((_, label) => !present.Contains(label))];
        if (without.Length > 0)
        {
            console.Say($"note: {without.Length:N0} of the network's {outputs:N0} classes have no pictures in {pictures.Root} ({Some(without)}); the pictures of the others are judged among all.");
        }
    }

    /// <summary>What was left out at opening, classes without a folder aside: those are one note, not a line each.</summary>
    public static IReadOnlyList<DataFault> Faults(ImageFolder pictures) => [.. pictures.Faults.Where(fault => Path.Exists(fault.Path))];

    private static string Some(string[] names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : string.Empty);
}
