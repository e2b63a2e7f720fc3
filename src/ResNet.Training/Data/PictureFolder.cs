using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// All pictures of a folder and of the folders in it, whatever their layout: for work that needs no classes. The folder that a picture lies in is taken
/// for its class; those that lie in the folder itself have none.
/// </summary>
/// <remarks>
/// Opening only lists names. Files are ordered by the code units of their paths, whatever the machine's language. Hidden files and folders are
/// skipped, as is what is no picture by its name; links to folders are not followed, so that circles do no harm.
/// </remarks>
public sealed class PictureFolder : IImageDataset
{
    /// <summary>What <see cref="Labels"/> calls pictures without a class.</summary>
    public const string NoClass = "(none)";

    private readonly ImageFolder _pictures;

    private PictureFolder(string root, string[] files, IReadOnlyList<DataFault> faults, ImageDecodeOptions? decoding)
    {
        string[] classes = [.. files.Select(file => ClassIn(root, file))];
        var labels = new ClassLabels(classes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        var indices = labels.Select((label, index) => (label, index)).ToDictionary(pair => pair.label, pair => pair.index, StringComparer.Ordinal);
        _pictures = new ImageFolder(root, labels, files, classes.Select(name => indices[name]), faults, decoding);
    }

    /// <summary>The folder, as it was given.</summary>
    public string Root => _pictures.Root;

    /// <inheritdoc/>
    public int Count => _pictures.Count;

    /// <summary>The names of the folders that hold pictures, in order, with <see cref="NoClass"/> where some lie in the folder itself.</summary>
    public ClassLabels Labels => _pictures.Labels;

    /// <summary>What was left out at opening: empty files, links to folders, and folders that cannot be listed.</summary>
    public IReadOnlyList<DataFault> Faults => _pictures.Faults;

    /// <summary>Lists the pictures of a folder.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="decoding">Orientation and limits of decoding; default: those of <see cref="ImageDecodeOptions"/>.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DatasetException">There is no such folder, or no picture in it.</exception>
    public static PictureFolder Open(string root, ImageDecodeOptions? decoding = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        if (!Directory.Exists(root))
        {
            string found = File.Exists(root) ? "it is a file; give the folder that it lies in" : FileNames.IsLost(root) ? FileNames.NotUtf8 : "there is no such folder";
            throw new DatasetException($"{root} is no folder of pictures: {found}.");
        }

        var search = PictureSearch.Under(root);
        var faults = search.LeftOut.Select(left => new DataFault(left.Path, left.Reason)).ToList();
        if (search.Files.Count == 0)
        {
            string others = string.Concat(faults.Take(5).Select(fault => $"{Environment.NewLine}  {fault.Path}: {fault.Reason}"));
            throw new DatasetException($"{root} holds no pictures ({PictureSearch.Endings}), nor does any folder in it.{others}");
        }

        return new PictureFolder(root, [.. search.Files], faults.AsReadOnly(), decoding);
    }

    /// <summary>The class of a picture.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>The name of the folder that it lies in; null where that is the data set's own.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public string? ClassOf(int index) => Labels[LabelOf(index)] is var name && name == NoClass ? null : name;

    /// <inheritdoc/>
    public int LabelOf(int index) => _pictures.LabelOf(index);

    /// <inheritdoc/>
    public string NameOf(int index) => _pictures.NameOf(index);

    /// <inheritdoc/>
    public ImageSample Read(int index) => _pictures.Read(index);

    /// <inheritdoc/>
    public int Read(int index, ImageCanvas canvas) => _pictures.Read(index, canvas);

    private static string ClassIn(string root, string file)
    {
        string folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!);
        return folder == "." ? NoClass : Path.GetFileName(folder);
    }
}
