using System.Text;
using ResNet.Downloading;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// Decoded pictures in one file that is mapped into memory: no decoding from the second epoch, and the second run, on. Several processes may
/// use one file at once; who comes while it is made waits.
/// </summary>
/// <remarks>
/// <para>The file is there whole or not at all. It is made anew when names, labels, lengths or times of change of the pictures' files differ, or the
/// settings, or when it is damaged; each picture is checked again whenever it is read. Pictures that cannot be read are kept as such.</para>
/// <para>The file may be deleted while nothing uses it. To cut it short while it is in use ends the program.</para>
/// </remarks>
public sealed class PackedCache : ISizedDataset, IDisposable
{
    private readonly IImageDataset _dataset;
    private readonly PackedFile _file;

    private PackedCache(IImageDataset dataset, string path, PackedFile file, string? madeBecause)
    {
        _dataset = dataset;
        _file = file;
        FilePath = path;
        MadeBecause = madeBecause;
        Faults = [.. Enumerable.Range(0, Count).Where(index => file.Entries[index].IsFault).Select(index => new DataFault(dataset.NameOf(index), FaultOf(index)))];
    }

    /// <inheritdoc/>
    public int Count => _file.Entries.Length;

    /// <inheritdoc/>
    public ClassLabels Labels => _dataset.Labels;

    /// <summary>Full path of the file.</summary>
    public string FilePath { get; }

    /// <summary>Length of the file in bytes.</summary>
    public long ByteCount => _file.ByteCount;

    /// <summary>Why the file was made by this call, as "there was none"; null where it was there and right.</summary>
    public string? MadeBecause { get; }

    /// <summary>The pictures that could not be read when the file was made; reading them throws.</summary>
    public IReadOnlyList<DataFault> Faults { get; }

    /// <summary>Opens the file, and makes it first where it is not there or not right.</summary>
    /// <param name="dataset">The pictures. Names that are paths of files are watched for changes.</param>
    /// <param name="path">The file. Beside it, <c>.name.lock</c> is made, and stays.</param>
    /// <param name="options">What to keep. Default: null, pictures as they are.</param>
    /// <param name="progress">Hears how far the making is, every few dozen pictures; nothing where the file is right.</param>
    /// <param name="cancellationToken">Ends the making; what was written so far is removed.</param>
    /// <returns>The same pictures, from the file.</returns>
    /// <exception cref="DatasetException">There is no room for the file, it cannot be written, or a file of another kind is in its place.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static PackedCache OpenOrCreate(
        IImageDataset dataset, string path, PackedCacheOptions? options = null,
        IProgress<PackedCacheProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new PackedCacheOptions();
        string target = Path.GetFullPath(path);
        UInt128 key = PackedKey.Of(dataset, options, cancellationToken);
        try
        {
            if (PackedFile.TryOpen(target, key, out _) is { } right)
            {
                return new PackedCache(dataset, target, right, madeBecause: null);
            }

            string folder = Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(folder);
            using FileLock held = FileLock.AcquireAsync(Path.Combine(folder, LockName(target)), cancellationToken).GetAwaiter().GetResult();

            // Another process may have made it in the meantime.
            if (PackedFile.TryOpen(target, key, out string reason) is { } made)
            {
                return new PackedCache(dataset, target, made, madeBecause: null);
            }

            Remove(target);
            var writer = new PackedWriter(dataset, options, target, progress);
            AtomicFile.Write(target, stream => writer.Write(stream, key, cancellationToken));
            PackedFile file = PackedFile.TryOpen(target, key, out string fault)
                ?? throw new DatasetException($"{target} was just written, but cannot be used: {fault}. Check the disk.");
            return new PackedCache(dataset, target, file, reason);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{target} cannot be written or read: {e.Message} Make room or give permission there, end programs that use it, or name another file.", e);
        }
    }

    /// <inheritdoc/>
    public int LabelOf(int index)
    {
        DatasetIndex.Check(index, Count);
        return _file.Entries[index].Label;
    }

    /// <inheritdoc/>
    public string NameOf(int index) => _dataset.NameOf(index);

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public ImageSample Read(int index)
    {
        PackedEntry entry = EntryOf(index);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(3 * entry.Width * entry.Height);
        Copy(index, pixels);
        return new ImageSample(new RgbImage(entry.Width, entry.Height, pixels), entry.Label);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The cache was disposed.</exception>
    public int Read(int index, ImageCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        PackedEntry entry = EntryOf(index);
        Copy(index, canvas.Begin(entry.Width, entry.Height));
        return entry.Label;
    }

    /// <inheritdoc/>
    public PictureSize? SizeOf(int index)
    {
        DatasetIndex.Check(index, Count);
        PackedEntry entry = _file.Entries[index];
        return entry.IsFault ? null : new PictureSize(entry.Width, entry.Height);
    }

    /// <summary>Closes the file; readings that go on meanwhile end first.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>A name that leaves no room for the lock's, since file systems allow 255 bytes, is stood for by its end; two such share a lock at worst.</summary>
    private static string LockName(string target)
    {
        const int MaxLength = 240;
        string name = Path.GetFileName(target);
        while (Encoding.UTF8.GetByteCount(name) > MaxLength)
        {
            name = name[1..];
        }

        return $".{name}.lock";
    }

    /// <summary>Whatever is in the place of the file is of no use; on Windows it tells now, not after an hour, whether another process holds it.</summary>
    private static void Remove(string target)
    {
        File.Delete(target);
        foreach (string left in AtomicFile.LeftoversOf(target))
        {
            File.Delete(left);
        }
    }

    private PackedEntry EntryOf(int index)
    {
        DatasetIndex.Check(index, Count);
        PackedEntry entry = _file.Entries[index];
        return entry.IsFault ? throw new ImageFormatException(NameOf(index), FaultOf(index)) : entry;
    }

    private void Copy(int index, Span<byte> pixels)
    {
        if (!_file.Copy(index, pixels))
        {
            throw new ImageFormatException(NameOf(index), $"its copy in {FilePath} is damaged; remove that file to have it made anew.");
        }
    }

    private string FaultOf(int index)
    {
        byte[] text = new byte[_file.Entries[index].Height];
        return _file.Copy(index, text) ? Encoding.UTF8.GetString(text) : $"it could not be read when {FilePath} was made";
    }
}
