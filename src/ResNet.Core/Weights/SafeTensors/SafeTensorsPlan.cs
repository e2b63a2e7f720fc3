using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResNet.Weights;

/// <summary>A safetensors file about to be written: everything is checked and laid out before the first byte.</summary>
internal sealed class SafeTensorsPlan
{
    private const int Alignment = 8;

    private readonly List<(TensorToWrite Tensor, string Type, int Size)> _tensors = [];
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);

    public SafeTensorsPlan(IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
        : this(tensors.Select(pair => TensorToWrite.Of(pair.Key, pair.Value)), metadata)
    {
    }

    public SafeTensorsPlan(IEnumerable<TensorToWrite> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            string name = tensor.Name;
            if (name == "__metadata__" || !names.Add(name))
            {
                throw new ArgumentException($"The name '{name}' {(name == "__metadata__" ? "is reserved" : "occurs twice")}; rename the tensor.", nameof(tensors));
            }

            var (type, size) = SafeTensorsTypes.Find(tensor.Type) ?? throw new ArgumentException(
                $"'{name}' is of type {tensor.Type}, which safetensors files cannot hold; convert it to one of {SafeTensorsTypes.Names}.", nameof(tensors));
            _tensors.Add((tensor, type, size));
        }

        _tensors.Sort((a, b) => a.Size == b.Size ? string.CompareOrdinal(a.Tensor.Name, b.Tensor.Name) : b.Size.CompareTo(a.Size));
        foreach (var (key, text) in metadata ?? new Dictionary<string, string>())
        {
            _metadata[key] = text;
        }

        _metadata["format"] = "pt";
    }

    /// <summary>Size of all values in bytes.</summary>
    public long ByteCount => _tensors.Sum(entry => checked(entry.Tensor.Count() * entry.Size));

    public void WriteTo(Stream stream, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var header = Header();
        Span<byte> length = stackalloc byte[SafeTensorsFormat.PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        var values = new WriteProgress(ByteCount, progress, cancellationToken);
        foreach (var (tensor, _, _) in _tensors)
        {
            tensor.Use(plain => TensorMemory.ForEachPiece(plain, piece => values.Write(stream, piece)));
        }
    }

    private ReadOnlySpan<byte> Header()
    {
        var buffer = new ArrayBufferWriter<byte>();

        // Plain quotes instead of \u0022: people look at headers, and no browser does.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, text) in _metadata)
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
            WriteTensors(json);
            json.WriteEndObject();
        }

        // Spaces after the JSON align the values.
        int padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.Write("        "u8[..padding]);
        return buffer.WrittenSpan;
    }

    private void WriteTensors(Utf8JsonWriter json)
    {
        long begin = 0;
        foreach (var (tensor, type, size) in _tensors)
        {
            long end = checked(begin + (tensor.Count() * size));
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", type);
            json.WriteStartArray("shape");
            foreach (long dimension in tensor.Shape)
            {
                json.WriteNumberValue(dimension);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(begin);
            json.WriteNumberValue(end);
            json.WriteEndArray();
            json.WriteEndObject();
            begin = end;
        }
    }
}
