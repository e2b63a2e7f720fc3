namespace ResNet.Weights;

/// <summary>The formats that are read, told apart by content, never by name.</summary>
internal static class StateDictFormats
{
    private const int HeadLength = 64;

    private static readonly IStateDictFormat[] Whole = [new SafeTensorsFormat(), new PyTorchZipFormat(), new PyTorchLegacyFormat()];

    // Last: a safetensors file whose header's length begins with the byte of a brace must not be taken for an index.
    private static readonly IStateDictFormat[] All = [.. Whole, new ShardIndexFormat()];

    public static StateDictContents Read(ByteSource source, StateDictReadOptions options) => Read(source, options, All);

    /// <summary>Reads one of the files that an index names; another index is not one of them.</summary>
    public static StateDictContents ReadShard(ByteSource source, StateDictReadOptions options) => Read(source, options, Whole);

    private static StateDictContents Read(ByteSource source, StateDictReadOptions options, IStateDictFormat[] formats)
    {
        Span<byte> head = stackalloc byte[(int)Math.Min(HeadLength, source.Length)];
        using (var view = source.Acquire())
        {
            view.Span(0, head.Length).CopyTo(head);
        }

        foreach (var format in formats)
        {
            if (format.Recognizes(head))
            {
                return format.Read(source, options);
            }
        }

        string read = string.Join(", ", formats.Select(format => format.Description));
        throw new WeightsFormatException(source.Name, $"{ForeignFile.Describe(head)} Formats that are read: {read}.", 0);
    }
}
