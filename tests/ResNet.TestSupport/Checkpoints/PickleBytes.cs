using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace ResNet.TestSupport.Checkpoints;

/// <summary>Assembles a pickle opcode by opcode. Nothing is checked: it writes good ones and evil ones alike.</summary>
public sealed class PickleBytes
{
    private readonly MemoryStream _bytes = new();

    public long Length => _bytes.Length;

    /// <summary>Begins with a PROTO opcode.</summary>
    public static PickleBytes Protocol(byte version = 2) => new PickleBytes().Op(PickleOp.Proto, version);

    public PickleBytes Op(byte opcode, params byte[] argument)
    {
        _bytes.WriteByte(opcode);
        _bytes.Write(argument);
        return this;
    }

    public PickleBytes Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public PickleBytes Repeat(int count, Action<PickleBytes> piece)
    {
        for (int i = 0; i < count; i++)
        {
            piece(this);
        }

        return this;
    }

    public PickleBytes Global(string module, string name) => Op(PickleOp.Global).Raw(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleBytes StackGlobal(string module, string name) => ShortText(module).ShortText(name).Op(PickleOp.StackGlobal);

    public PickleBytes Text(string value) => Sized4(PickleOp.BinUnicode, Encoding.UTF8.GetBytes(value));

    public PickleBytes ShortText(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return Op(PickleOp.ShortBinUnicode, (byte)bytes.Length).Raw(bytes);
    }

    /// <summary>A number in the shortest opcode of protocol 2 that holds it.</summary>
    public PickleBytes Number(BigInteger value)
    {
        if (value >= 0 && value <= byte.MaxValue)
        {
            return Op(PickleOp.BinInt1, (byte)value);
        }

        if (value >= 0 && value <= ushort.MaxValue)
        {
            return Op(PickleOp.BinInt2, (byte)((int)value & 0xff), (byte)((int)value >> 8));
        }

        if (value >= int.MinValue && value <= int.MaxValue)
        {
            return Int4(PickleOp.BinInt, (int)value);
        }

        byte[] bytes = value.ToByteArray();
        return Op(PickleOp.Long1, (byte)bytes.Length).Raw(bytes);
    }

    /// <summary>A tuple of numbers, as shapes and strides are.</summary>
    public PickleBytes Numbers(params BigInteger[] values)
    {
        Op(PickleOp.Mark);
        foreach (var value in values)
        {
            Number(value);
        }

        return Op(PickleOp.Tuple);
    }

    public PickleBytes Put(int index) => index < 256 ? Op(PickleOp.BinPut, (byte)index) : Int4(PickleOp.LongBinPut, index);

    public PickleBytes Get(int index) => index < 256 ? Op(PickleOp.BinGet, (byte)index) : Int4(PickleOp.LongBinGet, index);

    public PickleBytes Int4(byte opcode, int argument)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, argument);
        return Op(opcode).Raw(bytes);
    }

    public PickleBytes Int8(byte opcode, long argument)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, argument);
        return Op(opcode).Raw(bytes);
    }

    public PickleBytes Sized4(byte opcode, byte[] content) => Int4(opcode, content.Length).Raw(content);

    /// <summary>An opcode of protocol 0, whose argument is a line of text.</summary>
    public PickleBytes Line(byte opcode, string argument) => Op(opcode).Raw(Encoding.Latin1.GetBytes(argument + "\n"));

    /// <summary>An empty collections.OrderedDict.</summary>
    public PickleBytes OrderedDict() => Global("collections", "OrderedDict").Op(PickleOp.EmptyTuple).Op(PickleOp.Reduce);

    /// <summary>Ends with STOP.</summary>
    public byte[] Stop() => Op(PickleOp.Stop).ToArray();

    /// <summary>The bytes as they are, with no STOP added.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"pickle of {Length} bytes");
}
