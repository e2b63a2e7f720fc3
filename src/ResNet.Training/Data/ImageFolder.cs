using ResNet.Imaging;
using ResNet.Runtime;

namespace ResNet.Training;

/// <summary>Pictures on disk, one folder a class: <c>root/&lt;class&gt;/*.jpg</c> and the others of <see cref="ImageFileExtensions"/>.</summary>
/// <remarks>
/// Opening only lists names, so that 50,000 files take a fraction of a second; a picture that cannot be read is found out when it is read.
/// Classes and files are ordered by the code units of their names, whatever the machine's language. Folders inside a class folder are not
/// entered, so that links in circles do no harm; they are named in <see cref="Faults"/>, as is everything else that is left out.
/// </remarks>
public sealed class ImageFolder : ISizedDataset, IPixelIdentity
{
    private readonly string[] _files;
    private readonly int[] _labels;
    private readonly ImageDecodeOptions _decoding;

    internal ImageFolder(
        string root, ClassLabels labels, IEnumerable<string> files, IEnumerable<int> fileLabels, IEnumerable<DataFault> faults, ImageDecodeOptions? decoding)
    {
        Root = root;
        Labels = labels;
        Faults = [.. faults];
        _files = [.. files];
        _labels = [.. fileLabels];
        _decoding = decoding ?? ImageDecodeOptions.Default;
    }

    /// <summary>The folder that holds the class folders, as it was given.</summary>
    public string Root { get; }

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <inheritdoc/>
    public ClassLabels Labels { get; }

    /// <summary>What was left out at opening: foreign and empty files, pipes and devices, names that are not UTF-8, pictures outside class folders, folders in class folders, folders that are no classes;
    /// and class folders whose names differ only in case or in how their accents are written.</summary>
    public IReadOnlyList<DataFault> Faults { get; }

    /// <summary>Classes that have images by name, of which none is of a kind that is read.</summary>
    internal IReadOnlyList<DataFault> UnreadableClasses { get; private init; } = [];

    string IPixelIdentity.PixelIdentity => Invariant($"upright: {_decoding.ApplyOrientation}, at most {_decoding.MaxPixelCount}");

    /// <summary>Lists the pictures of a folder.</summary>
    /// <param name="root">The folder that holds one folder for each class.</param>
    /// <param name="labels">The classes in the order of the network's outputs. A class without a folder, or with an empty one, is a fault; a folder of
    /// pictures that is no such class is an error. Default: null, the names of the folders that hold pictures, in order; folders that this library
    /// wrote (<see cref="OutputMarker"/>) are no classes.</param>
    /// <param name="decoding">How pictures are decoded. Default: null, upright, with a limit against enormous pictures.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DatasetException">There is no such folder, it holds no class folders or no pictures, or a folder that is none of
    /// <paramref name="labels"/>.</exception>
    public static ImageFolder Open(string root, ClassLabels? labels = null, ImageDecodeOptions? decoding = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        ClassFolders found = ClassFolders.List(root, labels);
        return new ImageFolder(root, found.Labels, found.Files, found.FileLabels, found.Faults, decoding) { UnreadableClasses = found.Unreadable };
    }

    /// <summary>Finds files that hold the same bytes. Each file that has another one's length is read, so it is not done at opening.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>One fault for each file that has the content of an earlier one. See <see cref="DuplicateFiles"/> for duplicates across folders.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public IReadOnlyList<DataFault> FindDuplicates(CancellationToken cancellationToken = default) => DuplicateFiles.Find([this], cancellationToken);

    /// <inheritdoc/>
    public int LabelOf(int index)
    {
        DatasetIndex.Check(index, Count);
        return _labels[index];
    }

    /// <inheritdoc/>
    public string NameOf(int index)
    {
        DatasetIndex.Check(index, Count);
        return _files[index];
    }

    /// <inheritdoc/>
    public ImageSample Read(int index)
    {
        string path = NameOf(index);
        try
        {
            ExistingFile.Ensure(path, "a picture file");
            return new ImageSample(ImageDecoder.Decode(path, _decoding), _labels[index]);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw Gone(path, e);
        }
    }

    /// <inheritdoc/>
    public int Read(int index, ImageCanvas canvas)
    {
        string path = NameOf(index);
        try
        {
            ImageDecoder.Decode(path, canvas, _decoding);
            return _labels[index];
        }
        catch (Exception e) when (IsOfFile(e))
        {
            throw Gone(path, e);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Out of the file's head, upright where the decoding is.</remarks>
    public PictureSize? SizeOf(int index)
    {
        string path = NameOf(index);
        try
        {
            return ImageDecoder.ReadSize(path, _decoding) is var (width, height) ? new PictureSize(width, height) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A want of open files or memory says nothing of the file: to leave out what it hits would train on other images than were given.</summary>
    private static bool IsOfFile(Exception failure) => failure is IOException or UnauthorizedAccessException && TorchRuntime.ExplainShortage(failure) is null;

    private static ImageFormatException Gone(string path, Exception cause) =>
        new(path, $"cannot be read ({cause.Message}); it was there when the folder was opened.", cause);
}
