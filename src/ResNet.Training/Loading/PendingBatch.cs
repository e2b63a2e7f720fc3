using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// A batch in the making, as managed bytes: one place for each picture, filled by whichever worker. Workers write to places of their own;
/// the last one to finish makes the whole visible to the consumer.
/// </summary>
internal sealed class PendingBatch(int capacity)
{
    private readonly ImageCanvas[] _canvases = [.. Enumerable.Range(0, capacity).Select(_ => new ImageCanvas())];
    private readonly int[] _labels = new int[capacity];
    private readonly int[] _indices = new int[capacity];
    private readonly Exception?[] _failures = new Exception?[capacity];
    private int _count;
    private int _open;

    public bool IsComplete => Volatile.Read(ref _open) == 0;

    public void Start(ReadOnlySpan<int> indices)
    {
        indices.CopyTo(_indices);
        _count = indices.Length;
        Array.Clear(_failures);
        Volatile.Write(ref _open, _count);
    }

    /// <summary>Returns true for the call that completes the batch.</summary>
    public bool Succeed(int place, ImageCanvas canvas, int label)
    {
        canvas.HandTo(_canvases[place]);
        _labels[place] = label;
        return Interlocked.Decrement(ref _open) == 0;
    }

    /// <inheritdoc cref="Succeed"/>
    public bool Fail(int place, Exception failure)
    {
        _failures[place] = failure;
        return Interlocked.Decrement(ref _open) == 0;
    }

    public IEnumerable<(int Index, ImageFormatException Reason)> Unreadable()
    {
        for (int place = 0; place < _count; place++)
        {
            if (_failures[place] is ImageFormatException reason)
            {
                yield return (_indices[place], reason);
            }
        }
    }

    public void ThrowIfFailed(IImageDataset dataset)
    {
        for (int place = 0; place < _count; place++)
        {
            if (_failures[place] is { } failure and not ImageFormatException)
            {
                string name = dataset.NameOf(_indices[place]);
                throw new DatasetException($"Reading or augmenting {name} failed: {failure.Message}", failure);
            }
        }
    }

    /// <summary>The pictures that were read, in their order; valid until the batch's place in the ring is released.</summary>
    public (ImageCanvas[] Images, long[] Labels, int[] Indices) Collect()
    {
        int[] places = [.. Enumerable.Range(0, _count).Where(place => _failures[place] is null)];
        return (
            Array.ConvertAll(places, place => _canvases[place]),
            Array.ConvertAll(places, place => (long)_labels[place]),
            Array.ConvertAll(places, place => _indices[place]));
    }
}
