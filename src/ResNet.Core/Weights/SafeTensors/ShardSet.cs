namespace ResNet.Weights;

/// <summary>The files that an index names, opened and held against it: every tensor where the index says, and no other.</summary>
internal sealed class ShardSet
{
    /// <summary>Of all files together; each alone has the bounds of its format, but there may be a thousand.</summary>
    private const long MostHeaderBytes = 8 << 20;

    private readonly string _index;
    private readonly string _folder;
    private readonly IReadOnlyList<(string Tensor, string Shard)> _map;
    private readonly Dictionary<string, string> _shardOf;
    private readonly Dictionary<string, StoredTensor> _found = new(StringComparer.Ordinal);
    private long _headerBytes;
    private Dictionary<string, string>? _metadata;

    /// <summary>Holds files against an index.</summary>
    /// <param name="index">What messages call the index.</param>
    /// <param name="folder">Its folder, in which the files lie.</param>
    /// <param name="map">Which tensor lies in which file; no tensor occurs twice.</param>
    public ShardSet(string index, string folder, IReadOnlyList<(string Tensor, string Shard)> map)
    {
        _index = index;
        _folder = folder;
        _map = map;
        _shardOf = map.ToDictionary(entry => entry.Tensor, entry => entry.Shard, StringComparer.Ordinal);
    }

    /// <summary>Opens all files.</summary>
    /// <param name="options">How each is read.</param>
    /// <param name="opened">Hears of every one that is open, and owns it, also when a later one is refused.</param>
    public StateDictContents Open(StateDictReadOptions options, Action<ByteSource> opened)
    {
        foreach (string name in _map.Select(entry => entry.Shard).Distinct(StringComparer.Ordinal))
        {
            var source = Open(name);
            opened(source);
            Add(name, source, options);
        }

        return new StateDictContents("sharded", [.. _map.Select(entry => Pick(entry.Tensor, entry.Shard))], _metadata ?? []);
    }

    private ByteSource Open(string name)
    {
        try
        {
            return ByteSource.OfFile(Path.Combine(_folder, name));
        }
        catch (FileNotFoundException fault)
        {
            throw new WeightsFormatException(_index, $"it names {name}, which is not in its folder; download that too.", null, fault);
        }
    }

    private void Add(string name, ByteSource source, StateDictReadOptions options)
    {
        _headerBytes += SafeTensorsFormat.HeaderLengthOf(source);
        if (_headerBytes > MostHeaderBytes)
        {
            throw new WeightsFormatException(
                source.Name, $"with this file, the headers of the files that {_index} names have more than {MostHeaderBytes} bytes; they are damaged or hostile.", 0);
        }

        var contents = new SafeTensorsFormat().Read(source, options);
        foreach (var stored in contents.Tensors)
        {
            string tensor = stored.Entry.Name;
            string? expected = _shardOf.GetValueOrDefault(tensor);
            if (expected != name)
            {
                string said = expected is null ? "does not name it" : $"says that it lies in {expected}";
                throw new WeightsFormatException(
                    source.Name, $"tensor {ShapeText.Quote(tensor)} is here, but {_index} {said}. Download the index and its files again.");
            }

            _found.Add(tensor, stored);
        }

        // What only one file says is not said of the whole.
        _metadata = _metadata is null
            ? new Dictionary<string, string>(contents.Metadata, StringComparer.Ordinal)
            : _metadata.Intersect(contents.Metadata).ToDictionary(StringComparer.Ordinal);
    }

    private StoredTensor Pick(string tensor, string shard) =>
        _found.GetValueOrDefault(tensor) ?? throw new WeightsFormatException(
            Path.Combine(_folder, shard), $"tensor {ShapeText.Quote(tensor)} is not here, where {_index} says. Download the index and its files again.");
}
