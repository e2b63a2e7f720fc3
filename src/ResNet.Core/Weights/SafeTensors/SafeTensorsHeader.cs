using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ResNet.Weights;

/// <summary>Parses the JSON header of a safetensors file. What it allocates is bounded whatever the header says.</summary>
internal ref struct SafeTensorsHeader
{
    // Root, tensor, shape.
    private const int DeepestNesting = 3;
    private const int MostTensors = 100_000;
    private const int LongestName = 1024;
    private const int MostDimensions = 16;
    private const int MostNameChars = 8 << 20;
    private const int MostMetadataBytes = 8 << 20;

    // What an entry takes besides its texts; without it, millions of empty ones would be free.
    private const int MetadataEntryBytes = 64;

    private readonly ByteSource _source;
    private readonly long _dataStart;
    private readonly long _dataLength;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;
    private bool _hasMetadata;
    private int _nameChars;

    public SafeTensorsHeader(ByteSource source, ReadOnlySpan<byte> json)
    {
        _source = source;
        _dataStart = SafeTensorsFormat.PrefixLength + json.Length;
        _dataLength = source.Length - _dataStart;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestNesting });
    }

    public List<StoredTensor> Tensors { get; } = [];

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The byte of the file at which the parser stands.</summary>
    public readonly long Position => SafeTensorsFormat.PrefixLength + Math.Max(_json.TokenStartIndex, _json.BytesConsumed);

    public void Parse()
    {
        _json.Read();
        while (NextName(out string? name))
        {
            if (name == "__metadata__")
            {
                ReadMetadata();
            }
            else
            {
                ReadTensor(name);
            }
        }

        // Reports anything but white space after the header's object.
        if (_json.Read())
        {
            Fail("something follows the header's object");
        }
    }

    private void ReadMetadata()
    {
        if (_hasMetadata)
        {
            Fail("the key '__metadata__' occurs twice");
        }

        _hasMetadata = true;
        Expect(JsonTokenType.StartObject, "key", "__metadata__", "must be an object of texts");
        int bytes = 0;
        while (NextName(out string? key))
        {
            Expect(JsonTokenType.String, "metadata", key, "must be a text");
            bytes = checked(bytes + MetadataEntryBytes + key.Length + _json.ValueSpan.Length);
            if (bytes > MostMetadataBytes)
            {
                Fail($"the metadata has more than {MostMetadataBytes} bytes, the most that are read");
            }

            if (!Metadata.TryAdd(key, _json.GetString()!))
            {
                Fail($"metadata {ShapeText.Quote(key)} occurs twice");
            }
        }
    }

    private void ReadTensor(string name)
    {
        if (!_names.Add(name))
        {
            Fail($"tensor {ShapeText.Quote(name)} occurs twice");
        }

        if (_names.Count > MostTensors)
        {
            Fail($"there are more than {MostTensors} tensors, the most that are read");
        }

        _nameChars += name.Length;
        if (_nameChars > MostNameChars)
        {
            Fail($"the names of the tensors have more than {MostNameChars} characters, the most that are read");
        }

        Expect(JsonTokenType.StartObject, "tensor", name, "must be an object with dtype, shape and data_offsets");
        string? type = null;
        long[]? shape = null, offsets = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            // Compared as bytes: a hundred thousand tensors must not make texts of the same three words.
            if (type is null && _json.ValueTextEquals("dtype"u8))
            {
                Expect(JsonTokenType.String, "dtype of tensor", name, "must be a text");
                type = Text();
            }
            else if (shape is null && _json.ValueTextEquals("shape"u8))
            {
                shape = ReadNumbers("shape of tensor", name);
            }
            else if (offsets is null && _json.ValueTextEquals("data_offsets"u8))
            {
                offsets = ReadNumbers("data_offsets of tensor", name);
            }
            else
            {
                Fail($"tensor {ShapeText.Quote(name)} has a member {ShapeText.Quote(Text())} that occurs twice or is not of the format");
            }
        }

        Add(name, type, shape, offsets);
    }

    private void Add(string name, string? type, long[]? shape, long[]? offsets)
    {
        if (type is null || shape is null || offsets is null)
        {
            string lacking = type is null ? "dtype" : shape is null ? "shape" : "data_offsets";
            Fail($"tensor {ShapeText.Quote(name)} must have dtype, shape and data_offsets, but lacks {lacking}");
        }

        if (!SafeTensorsTypes.TryFind(type, out var scalarType, out int size))
        {
            Fail($"tensor {ShapeText.Quote(name)} is of type {ShapeText.Quote(type)}; types that are read: {SafeTensorsTypes.Names}");
        }

        if (offsets is not [var begin, var end] || begin > end)
        {
            Fail($"data_offsets of tensor {ShapeText.Quote(name)} must be a begin and an end, but are {ShapeText.Of(offsets)}");
            return;
        }

        if (end > _dataLength)
        {
            Fail($"tensor {ShapeText.Quote(name)} ends at byte {end} of the data, which has only {_dataLength}; the file is cut off");
        }

        if (!TryCount(shape, size, out long bytes) || bytes != end - begin)
        {
            Fail($"tensor {ShapeText.Quote(name)} of type {type} and shape {ShapeText.Of(shape)} does not take the {end - begin} bytes that data_offsets give it");
        }

        Tensors.Add(new StoredTensor(new StateDictEntry(name, scalarType, Array.AsReadOnly(shape), bytes), _source, _dataStart + begin));
    }

    private long[] ReadNumbers(string subject, string name)
    {
        Expect(JsonTokenType.StartArray, subject, name, "must be a list of numbers");
        Span<long> numbers = stackalloc long[MostDimensions];
        int count = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                Fail($"{subject} {ShapeText.Quote(name)} must hold whole numbers from 0 to {long.MaxValue}");
                break;
            }

            if (count == MostDimensions)
            {
                Fail($"{subject} {ShapeText.Quote(name)} has more than {MostDimensions} numbers, the most that are read");
            }

            numbers[count++] = number;
        }

        return numbers[..count].ToArray();
    }

    /// <summary>Size in bytes; false where it, or the product of the dimensions beside a zero, exceeds what torch can count.</summary>
    private static bool TryCount(long[] shape, int size, out long bytes)
    {
        Int128 product = size;
        foreach (long length in shape)
        {
            product *= Math.Max(1, length);
            if (product > long.MaxValue)
            {
                bytes = 0;
                return false;
            }
        }

        bytes = Array.IndexOf(shape, 0L) >= 0 ? 0 : (long)product;
        return true;
    }

    private bool NextName([NotNullWhen(true)] out string? name)
    {
        _json.Read();
        name = _json.TokenType == JsonTokenType.PropertyName ? Text() : null;
        return name is not null;
    }

    private string Text()
    {
        if (_json.ValueSpan.Length > LongestName)
        {
            Fail($"a name has {_json.ValueSpan.Length} bytes; at most {LongestName} are read");
        }

        return _json.GetString()!;
    }

    private void Expect(JsonTokenType type, string subject, string name, string rule)
    {
        _json.Read();
        if (_json.TokenType != type)
        {
            Fail($"{subject} {ShapeText.Quote(name)} {rule}");
        }
    }

    [DoesNotReturn]
    private readonly void Fail(string found)
    {
        long at = SafeTensorsFormat.PrefixLength + _json.TokenStartIndex;
        throw new WeightsFormatException(_source.Name, $"{found}. The file is damaged, hostile or of a later kind; copy or download it again.", at);
    }
}
