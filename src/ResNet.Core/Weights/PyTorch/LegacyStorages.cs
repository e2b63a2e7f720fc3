using System.Buffers.Binary;

namespace ResNet.Weights;

/// <summary>Where the storages of a file of PyTorch's old format lie: one after the other, in the order of a list of keys.</summary>
internal sealed class LegacyStorages
{
    private readonly string _file;
    private readonly Dictionary<string, (long Offset, long Count)> _places = new(StringComparer.Ordinal);

    /// <param name="source">The file.</param>
    /// <param name="view">Its bytes.</param>
    /// <param name="keys">The pickled list.</param>
    /// <param name="at">Where the first storage begins.</param>
    /// <param name="elementSizes">For each key that a tensor names the size of a value, which the storage itself does not say.</param>
    public LegacyStorages(ByteSource source, ByteView view, object? keys, long at, IReadOnlyDictionary<string, int> elementSizes)
    {
        _file = source.Name;
        if (keys is not PickleList { Items: var list })
        {
            throw new WeightsFormatException(_file, "the keys of the storages must be a list; the file is damaged or hostile.", at);
        }

        foreach (object? item in list)
        {
            if (item is not string key || !elementSizes.TryGetValue(key, out int size) || _places.ContainsKey(key))
            {
                throw new WeightsFormatException(_file, $"the list of storages has {(item is string text ? ShapeText.Quote(text) : "something")} that no tensor names, or twice; the file is damaged or hostile.", at);
            }

            if (source.Length - at < sizeof(long))
            {
                throw new WeightsFormatException(_file, $"storage {ShapeText.Quote(key)} is not there; the file is cut off, copy or download it again.", at);
            }

            long count = BinaryPrimitives.ReadInt64LittleEndian(view.Span(at, sizeof(long)));
            at += sizeof(long);
            if (count < 0 || count > (source.Length - at) / size)
            {
                throw new WeightsFormatException(
                    _file,
                    $"storage {ShapeText.Quote(key)} is said to have {count} values of {size} bytes, but only {source.Length - at} bytes follow; the file is cut off or damaged, copy or download it again.",
                    at - sizeof(long));
            }

            _places.Add(key, (at, count));
            at += count * size;
        }

        if (at != source.Length && !Padding.BeginsAt(view, at, source.Length))
        {
            throw new WeightsFormatException(_file, $"{source.Length - at} bytes after the last storage belong to nothing; the file is damaged, or something was appended to it.", at);
        }
    }

    /// <summary>First byte of a storage in the file.</summary>
    public long Offset(string tensor, PickleStorage storage)
    {
        if (!_places.TryGetValue(storage.Key, out var place))
        {
            throw new WeightsFormatException(_file, $"storage {ShapeText.Quote(storage.Key)} of tensor {ShapeText.Quote(tensor)} is not in the file; it is damaged or hostile.");
        }

        return place.Count == storage.TotalCount
            ? place.Offset
            : throw new WeightsFormatException(
                _file,
                $"storage {ShapeText.Quote(storage.Key)} of tensor {ShapeText.Quote(tensor)} is said to have {storage.TotalCount} values, but has {place.Count}; the file is damaged or hostile.",
                place.Offset);
    }
}
