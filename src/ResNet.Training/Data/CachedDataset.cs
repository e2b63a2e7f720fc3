using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Keeps pictures in memory once they were read, up to a limit: decoding 50,000 JPEGs anew in every epoch costs more than a small
/// network's training step.</summary>
/// <remarks>
/// Pictures are kept in the order in which they are first asked for. When the limit is reached the rest is read each time; nothing is thrown
/// out, since an epoch visits every picture once, and whatever was thrown out would be needed again before it helped. A picture that cannot be
/// read is tried again each time.
/// </remarks>
public sealed class CachedDataset : ISizedDataset, IPixelIdentity
{
    private readonly IImageDataset _dataset;
    private readonly ImageSample?[] _samples;
    private long _byteCount;
    private int _cachedCount;

    /// <summary>Puts a cache before a data set.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="byteLimit">The most bytes of pixels to keep, 3 a pixel. Default: 1 GiB.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public CachedDataset(IImageDataset dataset, long byteLimit = 1L << 30)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegative(byteLimit);
        _dataset = dataset;
        _samples = new ImageSample?[dataset.Count];
        ByteLimit = byteLimit;
    }

    /// <inheritdoc/>
    public int Count => _samples.Length;

    /// <inheritdoc/>
    public ClassLabels Labels => _dataset.Labels;

    /// <summary>The most bytes of pixels that are kept.</summary>
    public long ByteLimit { get; }

    /// <summary>The bytes of pixels that are kept now; never above <see cref="ByteLimit"/>.</summary>
    public long ByteCount => Interlocked.Read(ref _byteCount);

    /// <summary>How many pictures are kept now.</summary>
    public int CachedCount => Volatile.Read(ref _cachedCount);

    string IPixelIdentity.PixelIdentity => IPixelIdentity.Of(_dataset);

    /// <inheritdoc/>
    public int LabelOf(int index) => _dataset.LabelOf(index);

    /// <inheritdoc/>
    public string NameOf(int index) => _dataset.NameOf(index);

    /// <inheritdoc/>
    public ImageSample Read(int index)
    {
        DatasetIndex.Check(index, Count);
        if (Volatile.Read(ref _samples[index]) is { } kept)
        {
            return kept;
        }

        ImageSample sample = _dataset.Read(index);
        return TryReserve(sample.Image.Pixels.LongLength) ? Keep(index, sample) : sample;
    }

    /// <inheritdoc/>
    /// <remarks>A picture that is kept is shown, not copied. One that is read for the first time goes through the canvas's memory, so that beyond
    /// the limit nothing is allocated either.</remarks>
    public int Read(int index, ImageCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        DatasetIndex.Check(index, Count);
        if (Volatile.Read(ref _samples[index]) is { } kept)
        {
            canvas.Load(kept.Image);
            return kept.Label;
        }

        int label = _dataset.Read(index, canvas);
        if (TryReserve(3L * canvas.Width * canvas.Height))
        {
            _ = Keep(index, new ImageSample(canvas.ToImage(), label));
        }

        return label;
    }

    /// <inheritdoc/>
    public PictureSize? SizeOf(int index)
    {
        DatasetIndex.Check(index, Count);
        return Volatile.Read(ref _samples[index]) is { Image: var image } ? new PictureSize(image.Width, image.Height) : SizedDatasets.SizeOf(_dataset, index);
    }

    private ImageSample Keep(int index, ImageSample sample)
    {
        if (Interlocked.CompareExchange(ref _samples[index], sample, null) is { } earlier)
        {
            _ = Interlocked.Add(ref _byteCount, -sample.Image.Pixels.LongLength);
            return earlier;
        }

        _ = Interlocked.Increment(ref _cachedCount);
        return sample;
    }

    private bool TryReserve(long bytes)
    {
        long before = Interlocked.Read(ref _byteCount);
        while (before + bytes <= ByteLimit)
        {
            long seen = Interlocked.CompareExchange(ref _byteCount, before + bytes, before);
            if (seen == before)
            {
                return true;
            }

            before = seen;
        }

        return false;
    }
}
