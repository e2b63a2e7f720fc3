using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using TorchSharp;

namespace ResNet.Weights;

/// <summary>A safetensors file about to be written: everything is checked and laid out before the first byte.</summary>
internal sealed class SafeTensorsPlan
{
    private const int Alignment = 8;
    private const int PieceLength = 1 << 26;

    private readonly List<(string Name, Tensor Tensor, string Type, int Size)> _tensors = [];
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);

    public SafeTensorsPlan(IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in tensors)
        {
            if (name == "__metadata__" || !names.Add(name))
            {
                throw new ArgumentException($"The name '{name}' {(name == "__metadata__" ? "is reserved" : "occurs twice")}; rename the tensor.", nameof(tensors));
            }

            var (type, size) = SafeTensorsTypes.Find(tensor.dtype) ?? throw new ArgumentException(
                $"'{name}' is of type {tensor.dtype}, which safetensors files cannot hold; convert it to one of {SafeTensorsTypes.Names}.", nameof(tensors));
            _tensors.Add((name, tensor, type, size));
        }

        _tensors.Sort((a, b) => a.Size == b.Size ? string.CompareOrdinal(a.Name, b.Name) : b.Size.CompareTo(a.Size));
        foreach (var (key, text) in metadata ?? new Dictionary<string, string>())
        {
            _metadata[key] = text;
        }

        _metadata["format"] = "pt";
    }

    public void WriteTo(Stream stream)
    {
        var header = Header();
        Span<byte> length = stackalloc byte[SafeTensorsFormat.PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor, _, _) in _tensors)
        {
            WriteValues(stream, tensor);
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
        foreach (var (name, tensor, type, size) in _tensors)
        {
            long end = checked(begin + (tensor.numel() * size));
            json.WriteStartObject(name);
            json.WriteString("dtype", type);
            json.WriteStartArray("shape");
            foreach (long dimension in tensor.shape)
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

    private static unsafe void WriteValues(Stream stream, Tensor tensor)
    {
        long count = TensorMemory.ByteCount(tensor);
        if (count == 0)
        {
            return;
        }

        using var scope = torch.NewDisposeScope();
        var plain = TensorMemory.IsPlain(tensor) ? tensor : tensor.detach().cpu().contiguous();
        byte* address = TensorMemory.Address(plain);
        for (long done = 0; done < count; done += PieceLength)
        {
            stream.Write(new ReadOnlySpan<byte>(address + done, (int)Math.Min(PieceLength, count - done)));
        }

        // The values must outlive the pointer into them.
        GC.KeepAlive(plain);
    }
}
