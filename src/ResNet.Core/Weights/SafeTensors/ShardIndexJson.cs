using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ResNet.Weights;

/// <summary>Parses an index of shards. What it allocates is bounded by the length of the text, and every name is checked.</summary>
internal ref struct ShardIndexJson
{
    // Members of the metadata are skipped, whatever they hold, down to this.
    private const int DeepestNesting = 8;
    private const int MostTensors = 100_000;
    private const int MostShards = 1_000;
    private const int LongestName = 1024;
    private const int LongestShardName = 255;

    private readonly string _file;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _shards = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;

    public ShardIndexJson(string file, ReadOnlySpan<byte> json)
    {
        _file = file;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
    }

    /// <summary>The byte of the file at which the parser stands.</summary>
    public readonly long Position => Math.Max(_json.TokenStartIndex, _json.BytesConsumed);

    public List<(string Tensor, string Shard)> Parse()
    {
        List<(string Tensor, string Shard)>? map = null;
        bool hasMetadata = false;
        _json.Read();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (map is null && _json.ValueTextEquals("weight_map"u8))
            {
                map = ReadMap();
            }
            else if (!hasMetadata && _json.ValueTextEquals("metadata"u8))
            {
                hasMetadata = true;
                _json.Skip();
            }
            else
            {
                Fail($"member {ShapeText.Quote(Text(LongestName))} occurs twice or is none of an index, which has 'metadata' and 'weight_map'");
            }
        }

        // Reports anything but white space after the object.
        if (_json.Read())
        {
            Fail("something follows the object");
        }

        if (map is null or { Count: 0 })
        {
            Fail("it has no 'weight_map' that says which tensor lies in which file");
        }

        return map;
    }

    private List<(string Tensor, string Shard)> ReadMap()
    {
        Expect(JsonTokenType.StartObject, "'weight_map' must be an object of texts");
        var map = new List<(string Tensor, string Shard)>();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            string tensor = Text(LongestName);
            if (!_names.Add(tensor))
            {
                Fail($"tensor {ShapeText.Quote(tensor)} occurs twice");
            }

            if (_names.Count > MostTensors)
            {
                Fail($"there are more than {MostTensors} tensors, the most that are read");
            }

            Expect(JsonTokenType.String, $"the file of tensor {ShapeText.Quote(tensor)} must be a text");
            map.Add((tensor, Shard()));
        }

        return map;
    }

    /// <summary>The name of a file beside the index and nowhere else; each name is one object, however often it occurs.</summary>
    private string Shard()
    {
        string name = Text(LongestShardName);
        if (_shards.TryGetValue(name, out string? known))
        {
            return known;
        }

        if (name is "" or "." or ".." || name.AsSpan().ContainsAny("/\\:") || name.Any(char.IsControl))
        {
            Fail($"{ShapeText.Quote(name)} is no plain file name; the files of an index lie in its own folder");
        }

        if (_shards.Count == MostShards)
        {
            Fail($"there are more than {MostShards} files, the most that are read");
        }

        _shards.Add(name, name);
        return name;
    }

    private string Text(int longest)
    {
        if (_json.ValueSpan.Length > longest)
        {
            Fail($"a name has {_json.ValueSpan.Length} bytes; at most {longest} are read");
        }

        return _json.GetString()!;
    }

    private void Expect(JsonTokenType type, string rule)
    {
        _json.Read();
        if (_json.TokenType != type)
        {
            Fail(rule);
        }
    }

    [DoesNotReturn]
    private readonly void Fail(string found) => throw new WeightsFormatException(
        _file, $"as an index of shards it cannot be read: {found}. The file is damaged, hostile or something else; copy or download it again.", _json.TokenStartIndex);
}
