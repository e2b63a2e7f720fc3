using ResNet.Imaging;

namespace ResNet.Training;

/// <summary>
/// A batch in the making, as managed bytes: one place for each picture, with all of its views, filled by whichever worker. Workers write to
/// places of their own; the last one to finish makes the whole visible to the consumer.
/// </summary>
internal sealed class PendingBatch(int capacity, int viewCount)
{
    private readonly ImageCanvas[] _canvases = [.. Enumerable.Range(0, capacity * viewCount).Select(_ => new ImageCanvas())];
    private readonly int[] _labels = new int[capacity];
    private readonly int[] _indices = new int[capacity];
    private readonly Exception?[] _failures = new Exception?[capacity];
    private readonly int[] _read = new int[capacity];
    private int _readCount;
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

    /// <summary>How many pictures of it were read, once they are collected.</summary>
    public int Count => _readCount;

    /// <summary>The views of a place, for the worker that fills it.</summary>
    public ReadOnlySpan<ImageCanvas> Place(int place) => _canvases.AsSpan(place * viewCount, viewCount);

    /// <summary>Returns true for the call that completes the batch.</summary>
    public bool Succeed(int place, int label)
    {
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

    /// <summary>Finds the pictures that were read; they are valid until the batch's place in the ring is released.</summary>
    /// <returns>How many there are.</returns>
    public int Collect()
    {
        _readCount = 0;
        for (int place = 0; place < _count; place++)
        {
            if (_failures[place] is null)
            {
                _read[_readCount++] = place;
            }
        }

        return _readCount;
    }

    /// <summary>A view of a picture that was read.</summary>
    public ImageCanvas this[int i, int view] => _canvases[(_read[i] * viewCount) + view];

    /// <summary>Classes of the pictures that were read.</summary>
    public long[] Labels()
    {
        long[] labels = new long[_readCount];
        CopyLabels(labels);
        return labels;
    }

    /// <inheritdoc cref="Labels"/>
    public void CopyLabels(Span<long> target)
    {
        for (int i = 0; i < _readCount; i++)
        {
            target[i] = _labels[_read[i]];
        }
    }

    /// <summary>Indices, in the data set, of the pictures that were read.</summary>
    public int[] Indices()
    {
        int[] indices = new int[_readCount];
        for (int i = 0; i < _readCount; i++)
        {
            indices[i] = _indices[_read[i]];
        }

        return indices;
    }
}
