using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace ResNet.TestSupport.Checkpoints;

/// <summary>A checkpoint as torch.save wrote it before 1.6: five pickles, then each storage's count and values.</summary>
public sealed record LegacyBytes
{
    public BigInteger Magic { get; init; } = BigInteger.Parse("119547037146038801333356", CultureInfo.InvariantCulture);

    public BigInteger Protocol { get; init; } = 1001;

    public byte[] System { get; init; } = SystemPickle(bigEndian: false);

    public byte[] Pickle { get; init; } = CheckpointPickle.OfGood(legacy: true);

    public byte[] Keys { get; init; } = KeyPickle("0", "1");

    /// <summary>Counts of elements, as written before each storage.</summary>
    public IReadOnlyList<long> Counts { get; init; } = [6, 2];

    public IReadOnlyList<byte[]> Storages { get; init; } = CheckpointBytes.Storages;

    public static byte[] SystemPickle(bool bigEndian) => PickleBytes.Protocol()
        .Op(PickleOp.EmptyDict).Op(PickleOp.Mark)
        .Text("protocol_version").Number(1001)
        .Text("little_endian").Op(bigEndian ? PickleOp.NewFalse : PickleOp.NewTrue)
        .Text("type_sizes").Op(PickleOp.EmptyDict).Op(PickleOp.Mark)
        .Text("short").Number(2).Text("int").Number(4).Text("long").Number(4)
        .Op(PickleOp.SetItems).Op(PickleOp.SetItems).Stop();

    public static byte[] KeyPickle(params string[] keys)
    {
        var pickle = PickleBytes.Protocol().Op(PickleOp.EmptyList).Op(PickleOp.Mark);
        foreach (string key in keys)
        {
            pickle.Text(key);
        }

        return pickle.Op(PickleOp.Appends).Stop();
    }

    public byte[] ToArray()
    {
        using var bytes = new MemoryStream();
        bytes.Write(PickleBytes.Protocol().Number(Magic).Stop());
        bytes.Write(PickleBytes.Protocol().Number(Protocol).Stop());
        bytes.Write(System);
        bytes.Write(Pickle);
        bytes.Write(Keys);
        Span<byte> count = stackalloc byte[8];
        for (int i = 0; i < Storages.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(count, Counts[i]);
            bytes.Write(count);
            bytes.Write(Storages[i]);
        }

        return bytes.ToArray();
    }
}
