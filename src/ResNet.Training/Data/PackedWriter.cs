using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Writes packed caches: many threads decode a group of pictures, then one writes them in order, so that the file is always the same.</summary>
internal sealed class PackedWriter
{
    private const int PicturesPerWorker = 16;
    private const int LeastToJudgeBy = 256;
    private readonly IImageDataset _dataset;
    private readonly PackedCacheOptions _options;
    private readonly string _path;
    private readonly IProgress<PackedCacheProgress>? _progress;
    private readonly ImageCanvas[] _canvases;
    private readonly string?[] _faults;
    private readonly PackedEntry[] _entries;

    public PackedWriter(IImageDataset dataset, PackedCacheOptions options, string path, IProgress<PackedCacheProgress>? progress)
    {
        (_dataset, _options, _path, _progress) = (dataset, options, path, progress);
        _canvases = [.. Enumerable.Range(0, Math.Min(dataset.Count, options.WorkerCount * PicturesPerWorker)).Select(_ => new ImageCanvas())];
        _faults = new string?[_canvases.Length];
        _entries = new PackedEntry[dataset.Count];
    }

    /// <exception cref="DatasetException">The disk is too small.</exception>
    public void Write(Stream stream, UInt128 key, CancellationToken cancellationToken)
    {
        stream.Write(new byte[PackedHeader.Size]);
        long offset = PackedHeader.Size;
        bool isJudged = false;
        for (int first = 0; first < _entries.Length; first += _canvases.Length)
        {
            int count = Math.Min(_canvases.Length, _entries.Length - first);
            Decode(first, count, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<byte> bytes = _faults[i] is { } fault ? Encoding.UTF8.GetBytes(fault) : _canvases[i].Read();
                var (width, height) = _faults[i] is null ? (_canvases[i].Width, _canvases[i].Height) : (0, bytes.Length);
                _entries[first + i] = new PackedEntry(offset, XxHash3.HashToUInt64(bytes), width, height, _dataset.LabelOf(first + i), 0);
                stream.Write(bytes);
                offset += bytes.Length;
            }

            _progress?.Report(new PackedCacheProgress(first + count, _entries.Length, offset));
            if (!isJudged && first + count >= Math.Min(LeastToJudgeBy, _entries.Length))
            {
                EnsureRoom(first + count, offset);
                isJudged = true;
            }
        }

        ReadOnlySpan<byte> index = MemoryMarshal.AsBytes(_entries.AsSpan());
        stream.Write(index);
        stream.Position = 0;
        stream.Write(new PackedHeader(key, _entries.Length, offset, XxHash3.HashToUInt64(index)).ToBytes());
    }

    private void Decode(int first, int count, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.WorkerCount, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(0, count, parallel, i => Decode(first + i, _canvases[i], out _faults[i]));
        }
        catch (AggregateException e)
        {
            // What a data set throws besides an unreadable picture is its own; one of several is enough.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private void Decode(int index, ImageCanvas canvas, out string? fault)
    {
        fault = null;
        try
        {
            _dataset.Read(index, canvas);
        }
        catch (ImageFormatException e)
        {
            string prefix = $"{e.ImageName}: ";
            fault = e.Message.StartsWith(prefix, StringComparison.Ordinal) ? e.Message[prefix.Length..] : e.Message;
            return;
        }

        if (_options.ShorterSide is { } side && Math.Min(canvas.Width, canvas.Height) > side)
        {
            canvas.ResizeShorterSide(side, _options.Filter);
        }

        if (_options.LongestSide is { } most && Math.Max(canvas.Width, canvas.Height) > most)
        {
            int width = Math.Min(most, canvas.Width), height = Math.Min(most, canvas.Height);
            canvas.Crop((canvas.Width - width) / 2, (canvas.Height - height) / 2, width, height);
        }

        _ = canvas.Read();
    }

    /// <summary>From the first pictures it can be told whether all will fit; better than a full disk an hour later.</summary>
    private void EnsureRoom(int done, long written)
    {
        double left = (double)written / done * (_entries.Length - done);
        if (_options.FreeSpace(Path.GetDirectoryName(_path)!) is { } free && left > free)
        {
            throw new DatasetException(
                Invariant($"{_path} would grow to about {(written + left) / (1 << 20):F0} MiB, but its disk has room for {(written + free) >> 20} MiB. ")
                + $"Make room, name a file on another disk, or keep smaller pictures with {nameof(PackedCacheOptions)}.{nameof(PackedCacheOptions.ShorterSide)}.");
        }
    }
}
