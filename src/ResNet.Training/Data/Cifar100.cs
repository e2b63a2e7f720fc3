using ResNet.Downloading;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>CIFAR-100: 60,000 colour pictures of 32 x 32 in a hundred classes, grouped to twenty, read from the original binary files (<c>train.bin</c>, <c>test.bin</c>).</summary>
/// <remarks>All pictures of a part are held in memory: 154 MB to train on, 31 MB to test on. Reading one copies its 3072 bytes.</remarks>
public sealed class Cifar100 : ISizedDataset, IPixelIdentity
{
    private readonly CifarPictures _pictures;

    private Cifar100(CifarPictures pictures, Cifar100Labels labels)
    {
        _pictures = pictures;
        Labels = labels == Cifar100Labels.Fine ? ClassLabels.Cifar100 : ClassLabels.Cifar100Coarse;
    }

    /// <summary>The archive of the binary version, 161 MB: where it is published, and what it must be.</summary>
    public static DownloadRequest Archive => CifarFormat.Cifar100.Archive;

    /// <inheritdoc/>
    public int Count => _pictures.Count;

    /// <inheritdoc/>
    public ClassLabels Labels { get; }

    string IPixelIdentity.PixelIdentity => _pictures.Hash;

    /// <summary>Reads one part from files that are there already.</summary>
    /// <param name="path">A folder that holds the binary files, <c>cifar-100-binary</c> or the archive; or the archive itself, as it was downloaded. An archive
    /// is unpacked once, into the cache folder of <see cref="DownloadOptions"/>.</param>
    /// <param name="part">Which part. Default: the pictures to train on.</param>
    /// <param name="labels">Which label the pictures have. Default: the fine one.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DatasetException">There are no such files, they are damaged or of another data set, or the archive cannot be unpacked.</exception>
    public static Cifar100 Open(string path, CifarPart part = CifarPart.Train, Cifar100Labels labels = Cifar100Labels.Fine) =>
        OpenAsync(CifarFormat.Cifar100, path, part, labels, new DownloadOptions(), CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Reads one part, and downloads the archive first where the cache does not hold it. What is published is checked by its SHA-256.</summary>
    /// <param name="part">Which part. Default: the pictures to train on.</param>
    /// <param name="labels">Which label the pictures have. Default: the fine one.</param>
    /// <param name="options">How and where to. Default: null, <see cref="DownloadOptions"/> as they are.</param>
    /// <param name="progress">Hears how far the download is.</param>
    /// <param name="cancellationToken">Ends download and unpacking; what came so far stays for the next time.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DownloadException">The archive could not be fetched, or is not what was published.</exception>
    /// <exception cref="DatasetException">The archive cannot be unpacked.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static Task<Cifar100> DownloadAsync(
        CifarPart part = CifarPart.Train, Cifar100Labels labels = Cifar100Labels.Fine, DownloadOptions? options = null,
        IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        DownloadAsync(CifarFormat.Cifar100, part, labels, options ?? new DownloadOptions(), progress, cancellationToken);

    /// <inheritdoc/>
    public int LabelOf(int index) => _pictures.LabelOf(index);

    /// <inheritdoc/>
    public string NameOf(int index) => _pictures.NameOf(index);

    /// <inheritdoc/>
    public PictureSize? SizeOf(int index) => _pictures.SizeOf(index);

    /// <inheritdoc/>
    public ImageSample Read(int index) => _pictures.ReadImage(index);

    /// <inheritdoc/>
    public int Read(int index, ImageCanvas canvas) => _pictures.ReadImage(index, canvas);

    internal static async Task<Cifar100> DownloadAsync(
        CifarFormat format, CifarPart part, Cifar100Labels labels, DownloadOptions options, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using var downloader = new FileDownloader(options);
        string archive = await downloader.GetAsync(format.Archive, progress, cancellationToken).ConfigureAwait(false);
        return await OpenAsync(format, archive, part, labels, options, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<Cifar100> OpenAsync(
        CifarFormat format, string path, CifarPart part, Cifar100Labels labels, DownloadOptions options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Enum.IsDefined(labels))
        {
            throw new ArgumentOutOfRangeException(nameof(labels), labels, "There are fine and coarse labels.");
        }

        string folder = await CifarFolder.FindAsync(format, path, part, options.CacheFolder, cancellationToken).ConfigureAwait(false);
        return new Cifar100(CifarPictures.Read(format, folder, part, labels == Cifar100Labels.Fine ? 1 : 0), labels);
    }
}
