using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace ResNet.Weights;

/// <summary>Writes pickles of protocol 2, with the memo numbers that Python's own pickler would give.</summary>
internal sealed class PickleWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Dictionary<string, int> _constants = new(StringComparer.Ordinal);
    private int _memoCount;

    public PickleWriter() => Write([0x80, 2]);

    public void Mark() => Write("("u8);

    public void EmptyTuple() => Write(")"u8);

    public void False() => Write([0x89]);

    /// <summary>The tuple of everything since the last mark.</summary>
    public void Tuple() => WriteMemoized("t"u8);

    /// <summary>Calls the second last object with the last one as arguments.</summary>
    public void Reduce() => WriteMemoized("R"u8);

    /// <summary>Replaces the last object by the one that it names outside of the pickle.</summary>
    public void PersistentId() => Write("Q"u8);

    public void SetItem() => Write("s"u8);

    /// <summary>Puts the pairs since the last mark into the dictionary before it.</summary>
    public void SetItems() => Write("u"u8);

    public ReadOnlyMemory<byte> Stop()
    {
        Write("."u8);
        return _bytes.WrittenMemory;
    }

    public void Global(string module, string name)
    {
        if (!TryGet($"{module}\n{name}\n"))
        {
            WriteMemoized(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));
        }
    }

    /// <summary>A text that occurs often and is written once.</summary>
    public void Constant(string text)
    {
        if (!TryGet(text))
        {
            Text(text);
        }
    }

    /// <exception cref="EncoderFallbackException">The text has half a surrogate pair.</exception>
    public void Text(string text)
    {
        byte[] utf8 = Utf8.GetBytes(text);
        Span<byte> head = [(byte)'X', 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], utf8.Length);
        Write(head);
        WriteMemoized(utf8);
    }

    public void Integer(long value)
    {
        Span<byte> head = stackalloc byte[5];
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], unchecked((int)value));
        switch (value)
        {
            case >= 0 and <= byte.MaxValue:
                head[0] = (byte)'K';
                Write(head[..2]);
                break;
            case >= 0 and <= ushort.MaxValue:
                head[0] = (byte)'M';
                Write(head[..3]);
                break;
            case >= int.MinValue and <= int.MaxValue:
                head[0] = (byte)'J';
                Write(head);
                break;
            default:
                byte[] bytes = new BigInteger(value).ToByteArray();
                Write([0x8a, (byte)bytes.Length]);
                Write(bytes);
                break;
        }
    }

    public void IntegerTuple(IReadOnlyList<long> values)
    {
        if (values.Count == 0)
        {
            EmptyTuple();
            return;
        }

        if (values.Count > 3)
        {
            Mark();
        }

        foreach (long value in values)
        {
            Integer(value);
        }

        WriteMemoized(values.Count switch { 1 => [0x85], 2 => [0x86], 3 => [0x87], _ => "t"u8 });
    }

    /// <summary>Fetches a constant that was written before; otherwise the next object that is memoized is known by this key.</summary>
    private bool TryGet(string key)
    {
        if (_constants.TryGetValue(key, out int index))
        {
            WriteIndexed((byte)'h', (byte)'j', index);
            return true;
        }

        _constants.Add(key, _memoCount);
        return false;
    }

    private void WriteMemoized(ReadOnlySpan<byte> bytes)
    {
        Write(bytes);
        WriteIndexed((byte)'q', (byte)'r', _memoCount++);
    }

    private void WriteIndexed(byte shortCode, byte longCode, int index)
    {
        if (index <= byte.MaxValue)
        {
            Write([shortCode, (byte)index]);
            return;
        }

        Span<byte> bytes = [longCode, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], index);
        Write(bytes);
    }

    private void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);
}
