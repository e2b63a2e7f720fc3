using System.Diagnostics;
using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>Reads pictures ahead, pass by pass, into managed memory that is used again; and keeps the record of those that cannot be read.</summary>
/// <param name="dataset">What is read.</param>
/// <param name="viewCount">How many views each picture has.</param>
internal sealed class PictureReader(IImageDataset dataset, int viewCount)
{
    private readonly Lock _lock = new();
    private readonly List<DataFault> _faults = [];
    private readonly HashSet<int> _faulty = [];
    private long _waitedTicks;

    public IImageDataset Dataset { get; } = dataset;

    public LoaderMemory Memory { get; } = new(viewCount);

    /// <summary>The pictures that could not be read so far, each once, in the order in which they were due. A copy.</summary>
    public IReadOnlyList<DataFault> Faults
    {
        get
        {
            lock (_lock)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>How long consumers have waited for workers, over all passes.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _waitedTicks));

    /// <summary>Starts the threads of a pass; they have ended when it is disposed.</summary>
    public PictureReading Start(ReadingOrder order, IPicturePreparation preparation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new PictureReading(this, order, new EpochWorkers(order, preparation, Memory, cancellationToken));
    }

    public void AddWaiting(long ticks) => _ = Interlocked.Add(ref _waitedTicks, ticks);

    public void Record(PendingBatch batch)
    {
        lock (_lock)
        {
            foreach ((int index, ImageFormatException reason) in batch.Unreadable())
            {
                if (_faulty.Add(index))
                {
                    _faults.Add(FaultOf(Dataset.NameOf(index), reason));
                }
            }
        }
    }

    // The message of a decoder starts with the name, which a fault already has.
    private static DataFault FaultOf(string name, ImageFormatException reason)
    {
        string prefix = $"{reason.ImageName}: ";
        string text = reason.Message.StartsWith(prefix, StringComparison.Ordinal) ? reason.Message[prefix.Length..] : reason.Message;
        return new DataFault(name, text);
    }
}
