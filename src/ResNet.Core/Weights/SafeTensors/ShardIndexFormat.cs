using System.Text.Json;

namespace ResNet.Weights;

/// <summary>
/// Reads a model that is spread over several files: an index in JSON says which tensor lies in which file beside it, as
/// Hugging Face's libraries write it (<c>model.safetensors.index.json</c>).
/// </summary>
internal sealed class ShardIndexFormat : IStateDictFormat
{
    /// <summary>Bounds what the names of the index can take in memory.</summary>
    public const int MaxLength = 16 << 20;

    public string Description => "an index of several files (.safetensors.index.json)";

    public bool Recognizes(ReadOnlySpan<byte> head) => head.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    public StateDictContents Read(ByteSource source, StateDictReadOptions options)
    {
        var map = ReadMap(source);
        if (source.Folder is not { } folder)
        {
            throw new WeightsFormatException(
                source.Name, "this is an index that names other files, which a stream has no folder for. Open the index by its path.");
        }

        var opened = new List<ByteSource>();
        try
        {
            return new ShardSet(source.Name, folder, map).Open(options, opened.Add);
        }
        catch
        {
            opened.ForEach(shard => shard.Dispose());
            throw;
        }
    }

    private static List<(string Tensor, string Shard)> ReadMap(ByteSource source)
    {
        if (source.Length > MaxLength)
        {
            throw new WeightsFormatException(
                source.Name, $"this seems to be an index of shards, but has {source.Length} bytes; at most {MaxLength} are read. It is damaged or hostile.", 0);
        }

        using var view = source.Acquire();
        var json = new ShardIndexJson(source.Name, view.Span(0, (int)source.Length));
        try
        {
            return json.Parse();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second is what the JSON reader throws for text that is not UTF-8.
            throw new WeightsFormatException(
                source.Name,
                $"this is not the JSON that an index of shards has ({fault.Message.TrimEnd('.')}); the file is damaged or something else, look at it.",
                json.Position,
                fault);
        }
    }
}
