using System.Runtime.InteropServices;
using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training;

/// <summary>Makes batches of a data set, epoch by epoch, with threads that read and augment ahead.</summary>
/// <remarks>
/// <para>Batches depend on the data set, the options and the epoch alone: neither on the number of workers nor on their timing. Workers hold
/// managed bytes only; tensors are made on the thread that enumerates.</para>
/// <para>A picture that cannot be read is skipped and recorded in <see cref="Faults"/>: its batch is smaller by one. Any other exception of
/// the data set or of a transform reaches the caller when its batch is due.</para>
/// <para>The threads of an epoch start with its enumeration and have ended when that ends, whether by its last batch, by leaving the loop, by
/// an exception or by cancellation. Epochs may be enumerated one after another or at the same time.</para>
/// </remarks>
public sealed class BatchLoader
{
    private readonly PictureReader _reader;
    private readonly Device? _device;
    private readonly NormalizationTable _table;
    private long _channelMeanCount;

    /// <summary>Prepares a loader; nothing is read yet.</summary>
    /// <param name="dataset">What to load.</param>
    /// <param name="options">How.</param>
    /// <param name="device">Where the tensors shall live. Default: null, the CPU.</param>
    /// <exception cref="InvalidOptionsException">The options cannot be used; the message lists every fault.</exception>
    /// <exception cref="DatasetException">The data set is empty, or too small to fill the only batch where the last one is left out.</exception>
    public BatchLoader(IImageDataset dataset, LoaderOptions options, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        options.EnsureValid();
        if (dataset.Count == 0)
        {
            throw new DatasetException("The data set holds no pictures, so no batch can be made of it.");
        }

        if (options.Weighting is { } weighting && weighting.Count != dataset.Count)
        {
            throw new DatasetException($"There are weights for {weighting.Count} pictures, but the data set holds {dataset.Count}; weigh each of them.");
        }

        int length = EpochOrder.Length(dataset.Count, options);
        if (options.DropLast && length < options.BatchSize)
        {
            throw new DatasetException(
                Invariant($"The data set holds {length} pictures, less than one batch of {options.BatchSize}, and DropLast leaves them out; ")
                + "make the batches smaller.");
        }

        Options = options;
        _reader = new PictureReader(dataset, viewCount: 1);
        _device = device;
        _table = new NormalizationTable(options.EffectiveNormalization);
    }

    /// <summary>What is loaded.</summary>
    public IImageDataset Dataset => _reader.Dataset;

    /// <summary>How it is loaded.</summary>
    public LoaderOptions Options { get; }

    /// <summary>How many batches an epoch has. (A batch of which no picture can be read is left out, so there may be fewer.)</summary>
    public int BatchCount
    {
        get
        {
            int length = EpochOrder.Length(Dataset.Count, Options);
            return Options.DropLast ? length / Options.BatchSize : (int)(((long)length + Options.BatchSize - 1) / Options.BatchSize);
        }
    }

    /// <summary>
    /// How many pictures were not of the size of <see cref="Normalization.PixelMean"/>, neither before nor after they were cropped, so that the means
    /// of the channels were subtracted instead; over all epochs since the loader was made.
    /// </summary>
    public long ChannelMeanCount => Interlocked.Read(ref _channelMeanCount);

    /// <summary>The pictures that could not be read so far, each once, in the order in which they were due. A copy.</summary>
    public IReadOnlyList<DataFault> Faults => _reader.Faults;

    /// <summary>How long enumerating threads have waited for workers, over all epochs since the loader was made.</summary>
    public TimeSpan Waited => _reader.Waited;

    /// <summary>Enumerates the batches of one epoch. The caller disposes each of them.</summary>
    /// <param name="epoch">The epoch, from 0: with the seed it determines order and augmentation.</param>
    /// <param name="cancellationToken">Ends the enumeration at any moment.</param>
    /// <returns>The batches, made while they are enumerated; each enumeration starts the epoch anew.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The epoch is negative.</exception>
    /// <exception cref="DatasetException">While enumerating: pictures of one batch differ in size, no picture at all can be read, or reading or
    /// augmenting one failed otherwise (the cause is the inner exception).</exception>
    /// <exception cref="OperationCanceledException">While enumerating: it was cancelled.</exception>
    public IEnumerable<Batch> Epoch(int epoch, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return Enumerate(new LoaderPosition(epoch, 0), cancellationToken);
    }

    /// <summary>Enumerates the rest of an epoch: the same batches as an enumeration from the beginning, without the first ones.</summary>
    /// <param name="position">Where to begin, such as <see cref="Batch.Next"/> of the last batch that was trained on.</param>
    /// <param name="cancellationToken">Ends the enumeration at any moment.</param>
    /// <returns>The batches; none where the position is at the end of its epoch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Epoch or batch is negative, or the epoch has no such batch.</exception>
    public IEnumerable<Batch> Epoch(LoaderPosition position, CancellationToken cancellationToken = default)
    {
        if (position.Epoch < 0 || position.Batch < 0 || position.Batch > BatchCount)
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, Invariant($"Epochs begin at 0, and their batches are 0 to {BatchCount}, the end."));
        }

        return Enumerate(position, cancellationToken);
    }

    private IEnumerable<Batch> Enumerate(LoaderPosition position, CancellationToken cancellationToken)
    {
        var order = new ReadingOrder(EpochOrder.Of(Dataset.Count, Options, position.Epoch), Options.BatchSize, position.Batch, BatchCount, Options.WorkerCount);
        using var reading = _reader.Start(order, new LoaderPreparation(Dataset, Options, position.Epoch), cancellationToken);
        while (reading.Next() is { } pending)
        {
            var batch = MakeBatch(pending, position with { Batch = reading.Number });
            reading.Release();
            yield return batch;
        }
    }

    private Batch MakeBatch(PendingBatch pending, LoaderPosition position)
    {
        int count = pending.Count;
        int[] indices = pending.Indices();
        EnsureOneSize(pending, indices, position.Batch);
        CountChannelMeans(pending);
        Tensor pixels = ImageTensor.FromCanvases(count, i => pending[i, 0], _table, Options.ChannelsLast, _device);
        Tensor? labels = null;
        try
        {
            labels = torch.empty(count, dtype: torch.int64, device: torch.CPU);
            pending.CopyLabels(MemoryMarshal.Cast<byte, long>(labels.bytes));
            labels = _device is null || _device.type == DeviceType.CPU ? labels : labels.to(_device, disposeAfter: true);
            return new Batch(pixels, labels, Mix(pixels, labels, position), indices, position with { Batch = position.Batch + 1 });
        }
        catch
        {
            labels?.Dispose();
            pixels.Dispose();
            throw;
        }
    }

    private Tensor? Mix(Tensor pixels, Tensor labels, LoaderPosition position)
    {
        if (Options.Mixing is not { } mixing)
        {
            return null;
        }

        // Mixing has a stream of its own, with an index that no two batches share.
        var random = SampleRandom.For(Options.Seed, SampleRandom.MixStream, unchecked((position.Epoch * BatchCount) + position.Batch));
        return mixing.Apply(pixels, labels, Dataset.Labels.Count, random);
    }

    private void CountChannelMeans(PendingBatch pending)
    {
        if (Options.EffectiveNormalization.PixelMean is not { } mean)
        {
            return;
        }

        int others = 0;
        for (int i = 0; i < pending.Count; i++)
        {
            others += pending[i, 0].Fits(mean) ? 0 : 1;
        }

        _ = Interlocked.Add(ref _channelMeanCount, others);
    }

    private void EnsureOneSize(PendingBatch pending, int[] indices, int batch)
    {
        ImageCanvas first = pending[0, 0];
        for (int i = 1; i < indices.Length; i++)
        {
            ImageCanvas other = pending[i, 0];
            if ((other.Width, other.Height) != (first.Width, first.Height))
            {
                throw new DatasetException(
                    Invariant($"All pictures of a batch must have one size, but in batch {batch} {Dataset.NameOf(indices[0])} has {first.Width}x{first.Height} ")
                    + Invariant($"and {Dataset.NameOf(indices[i])} has {other.Width}x{other.Height}; ")
                    + "set LoaderOptions.Preprocessing to resize and crop them.");
            }
        }
    }
}
