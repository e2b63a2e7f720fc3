using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ResNet.Weights;

/// <summary>Reads the arguments of pickle instructions; every length is held against what is left before it is used.</summary>
internal ref struct PickleCursor(string file, ReadOnlySpan<byte> bytes, long fileOffset)
{
    private const int LongestText = 1 << 20;
    private const int LongestGlobal = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _instruction;

    /// <summary>Index of the next byte.</summary>
    public int Position { get; private set; }

    public byte ReadOpcode()
    {
        _instruction = Position;
        return Take(1)[0];
    }

    public byte ReadByte() => Take(1)[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Eight bytes, most significant first: the format's only big-endian number.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A frame's length says nothing that the file does not; it must only be possible.</summary>
    public void ReadFrame()
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        if (length > (ulong)(_bytes.Length - Position))
        {
            Fail($"a frame is said to have {length} bytes, but only {_bytes.Length - Position} follow");
        }
    }

    /// <summary>A length of eight bytes.</summary>
    public long ReadLength8() => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(Take(8)), long.MaxValue);

    /// <summary>A whole number of so many bytes in two's complement; null where it does not fit into 64 bits.</summary>
    public long? ReadLong(long length)
    {
        var number = Take(length);
        if (number.Length > sizeof(long))
        {
            return null;
        }

        long value = number.Length > 0 && number[^1] >= 0x80 ? -1 : 0;
        for (int i = number.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | number[i];
        }

        return value;
    }

    public string ReadText(long length)
    {
        var text = TakeText(length);
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            Fail("a text is not UTF-8");
            return string.Empty;
        }
    }

    /// <summary>A text of Python 2, which has bytes for characters.</summary>
    public string ReadLatin1(long length) => Encoding.Latin1.GetString(TakeText(length));

    public void Skip(long length) => Take(length);

    /// <summary>One of the two lines that name a Python object.</summary>
    public string ReadLine()
    {
        var rest = _bytes[Position..];
        int end = rest[..Math.Min(rest.Length, LongestGlobal)].IndexOf((byte)'\n');
        if (end < 0)
        {
            Fail($"the name of a Python object does not end within {LongestGlobal} bytes");
        }

        string line = ReadText(end);
        Position++;
        return line;
    }

    [DoesNotReturn]
    public readonly void Fail(string found) => throw new WeightsFormatException(
        file, $"{found}. The file is damaged or hostile; copy or download it again. Nothing in it was executed.", fileOffset + _instruction);

    /// <summary>For what is of no damaged file, but of one that is not read.</summary>
    [DoesNotReturn]
    public readonly void Refuse(string found) => throw new WeightsFormatException(file, found, fileOffset + _instruction);

    private ReadOnlySpan<byte> TakeText(long length)
    {
        if (length > LongestText)
        {
            Fail($"a text is said to have {length} bytes; at most {LongestText} are read");
        }

        return Take(length);
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > _bytes.Length - Position)
        {
            Fail(length < 0
                ? $"a length is {length}, which must not be negative"
                : $"{length} bytes are asked for, but the pickle has only {_bytes.Length - Position} more; it is cut off");
        }

        var taken = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }
}
