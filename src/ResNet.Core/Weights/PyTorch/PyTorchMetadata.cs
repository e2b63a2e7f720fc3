using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResNet.Weights;

/// <summary>
/// The texts that a <c>.pth</c> file carries beside its state dictionary: one JSON object in a part of the archive of its own, which
/// Python's <c>torch.load</c> does not look at. A key in the dictionary would be an unexpected one to <c>load_state_dict</c>.
/// </summary>
internal static class PyTorchMetadata
{
    /// <summary>The part's name below the archive's root folder.</summary>
    public const string PartName = "resnet/metadata.json";

    public static ReadOnlyMemory<byte> Write(IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (key, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
