namespace ResNet.Weights;

/// <summary>The formats that are read, told apart by content, never by name.</summary>
internal static class StateDictFormats
{
    /// <summary>A tar archive says what it is in byte 257.</summary>
    private const int HeadLength = 512;

    // The index last: a safetensors file whose header's length begins with the byte of a brace must not be taken for one.
    private static readonly IStateDictFormat[] All = [new SafeTensorsFormat(), new PyTorchZipFormat(), new PyTorchLegacyFormat(), new ShardIndexFormat()];

    public static StateDictContents Read(ByteSource source, StateDictReadOptions options)
    {
        Span<byte> head = stackalloc byte[(int)Math.Min(HeadLength, source.Length)];
        using (var view = source.Acquire())
        {
            view.Span(0, head.Length).CopyTo(head);
        }

        foreach (var format in All)
        {
            if (format.Recognizes(head))
            {
                return format.Read(source, options);
            }
        }

        string read = string.Join(", ", All.Select(format => format.Description));
        throw new WeightsFormatException(source.Name, $"{ForeignFile.Describe(head)} Formats that are read: {read}.", 0);
    }
}
