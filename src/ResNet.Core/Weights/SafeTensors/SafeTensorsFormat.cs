using System.Buffers.Binary;
using System.Text.Json;

namespace ResNet.Weights;

/// <summary>Reads the safetensors format: 8 bytes of header length, a JSON header, then the values without gaps.</summary>
internal sealed class SafeTensorsFormat : IStateDictFormat
{
    public const int PrefixLength = 8;

    /// <summary>The bound of the format's reference implementation.</summary>
    public const long MaxHeaderLength = 100_000_000;

    public string Description => "safetensors (.safetensors)";

    // The header's first byte must be a brace; the format's definition demands it for this very purpose.
    public bool Recognizes(ReadOnlySpan<byte> head) => head.Length > PrefixLength && head[PrefixLength] == (byte)'{';

    public StateDictContents Read(ByteSource source, StateDictReadOptions options)
    {
        if (options.Root is { } root)
        {
            throw new WeightsFormatException(
                source.Name, $"Root is {ShapeText.Quote(root)}, but a safetensors file holds one dictionary of tensors only; leave Root (--root) out.");
        }

        using var view = source.Acquire();
        int headerLength = ReadHeaderLength(source, view);
        long dataStart = PrefixLength + headerLength;
        var header = new SafeTensorsHeader(source, view.Span(PrefixLength, headerLength));
        try
        {
            header.Parse();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second is what the JSON reader throws for text that is not UTF-8.
            throw new WeightsFormatException(
                source.Name,
                $"the header is not the JSON that safetensors files have ({fault.Message.TrimEnd('.')}); the file is damaged, copy or download it again.",
                header.Position,
                fault);
        }

        SafeTensorsLayout.EnsureGapless(source.Name, header.Tensors, dataStart, source.Length, view);
        return new StateDictContents("safetensors", header.Tensors, header.Metadata);
    }

    /// <summary>Length of the header of a file that must be of this format: a shard is nothing else.</summary>
    /// <exception cref="WeightsFormatException">It is of another format, or cut off.</exception>
    public static int HeaderLengthOf(ByteSource source)
    {
        using var view = source.Acquire();
        if (source.Length <= PrefixLength || view.Span(PrefixLength, 1)[0] != (byte)'{')
        {
            throw new WeightsFormatException(source.Name, "an index names this file, so it must be in the safetensors format, but it is not. Download it again.", 0);
        }

        return ReadHeaderLength(source, view);
    }

    private static int ReadHeaderLength(ByteSource source, ByteView view)
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(view.Span(0, PrefixLength));
        ulong rest = (ulong)(source.Length - PrefixLength);
        if (length > rest)
        {
            throw new WeightsFormatException(
                source.Name,
                $"the header is said to have {length} bytes, but only {rest} follow; the file is cut off or damaged, copy or download it again.",
                0);
        }

        if (length > MaxHeaderLength)
        {
            throw new WeightsFormatException(
                source.Name, $"the header is said to have {length} bytes; at most {MaxHeaderLength} are read. The file is damaged or hostile.", 0);
        }

        return (int)length;
    }
}
