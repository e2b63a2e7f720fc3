using System.Numerics;
using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

/// <summary>Tensors that do not fit their storage, and storages that do not fit the file.</summary>
internal static class HostileTensors
{
    private static readonly PickledTensor Good = new();

    private static readonly BigInteger Huge = BigInteger.Pow(2, 40);

    public static IReadOnlyList<HostileCase> All { get; } =
    [
        One("negative length", Good with { Shape = [-2, 3] }, "shape of a tensor must be whole numbers from 0"),
        One("two negative lengths", Good with { Shape = [-2, -3] }, "shape of a tensor must be whole numbers from 0"),
        One("product beyond 64 bits", Good with { Shape = [1L << 32, 1L << 32] }, "larger than can be counted"),
        One("product of 2^63", Good with { Shape = [1L << 62, 2], Strides = [0, 0] }, "larger than can be counted"),
        One("length beyond 64 bits", Good with { Shape = [BigInteger.Pow(2, 70), 3] }, "shape|number|64"),
        One("length of 2000 bits", Good with { Shape = [BigInteger.Pow(2, 2000), 3] }, "shape|number|64|LONG1"),
        One("a hundred thousand dimensions", Good with { Shape = [.. Ones(100_000)], Strides = [.. Ones(100_000)] }, "dimensions|numbers|shape"),
        One("more strides than lengths", Good with { Strides = [6, 3, 1] }, "stride"),
        One("fewer strides than lengths", Good with { Strides = [1] }, "stride"),
        One("negative offset", Good with { Offset = -1 }, "offset"),
        One("negative offset beyond 64 bits", Good with { Offset = -BigInteger.Pow(2, 65) }, "offset|number|64"),
        One("offset at the end", Good with { Offset = 6 }, "outside|storage"),
        One("offset of one", Good with { Offset = 1 }, "outside|storage"),
        One("offset near 2^63", Good with { Offset = long.MaxValue }, "outside|storage|offset"),
        One("negative stride", Good with { Strides = [-3, 1] }, "stride"),
        One("stride outside", Good with { Strides = [4, 1] }, "outside|storage"),
        One("stride far outside", Good with { Strides = [1L << 40, 1] }, "outside|storage"),
        One("stride beyond 64 bits by product", Good with { Shape = [1L << 31, 2], Strides = [1L << 33, 1] }, "outside|storage|shape"),
        One("stride near 2^63", Good with { Strides = [long.MaxValue, long.MaxValue] }, "outside|storage|stride"),
        One("a float expanded to four terabytes", Good with { Shape = [Huge], Strides = [0] }, "repeats the 6 values of its storage"),
        One("a float expanded to 400 megabytes", Good with { Shape = [100_000_000], Strides = [0] }, "repeats the 6 values of its storage"),
        One("a float expanded beyond 64 bits", Good with { Shape = [Huge, Huge], Strides = [0, 0] }, "larger than can be counted"),
        One("an empty tensor of absurd lengths", Good with { Shape = [0, Huge, Huge], Strides = [1, 1, 1] }, "larger than can be counted"),
        One("storage larger than its entry", Good with { Count = 7 }, "data/0|storage"),
        One("storage of 2^62 elements", Good with { Count = BigInteger.Pow(2, 62) }, "data/0|storage"),
        One("storage of negative count", Good with { Count = -6 }, "storage|count|negative"),
        One("storage beyond 64 bits", Good with { Count = BigInteger.Pow(2, 64) + 6 }, "storage|count|number|64"),
        One("storage of a wider type", Good with { StorageType = "DoubleStorage" }, "data/0|storage"),
        One("storage that is missing", Good with { Key = "9" }, "data/9|storage"),
        One("storage key that climbs out", Good with { Key = "../../etc/passwd" }, "passwd|key|storage"),
        One("storage key that is a path", Good with { Key = "/etc/passwd" }, "passwd|key|storage"),
        One("storage key that is empty", Good with { Key = "" }, "data/|key|storage"),
        One("storage key that commands the terminal", Good with { Key = "\u001b[31m" }, "data/\\?\\[31m.*which the archive does not have"),
        One("storage type unknown", Good with { StorageType = "SpecialStorage" }, "torch.SpecialStorage"),
        One("storage type quantised", Good with { StorageType = "QInt8Storage" }, "QInt8Storage"),
        One("tag unknown", Good with { Tag = "stores" }, "stores|persistent|storage"),
        One("requires_grad is a call", Good with { RequiresGrad = pickle => pickle.Global("posix", "getpid").Op(PickleOp.EmptyTuple).Op(PickleOp.Reduce) }, "posix.getpid"),
        new(
            "the same storage of two sizes",
            () => Zip(CheckpointPickle.Of(KeyValuePair.Create("a", Good), KeyValuePair.Create("b", Good with { StorageType = "LongStorage", Count = 3, Shape = [3], Strides = [1] }))),
            "storage '0' has values of 4 bytes in one place and of 8"),
        new(
            "the same storage of two counts",
            () => Zip(CheckpointPickle.Of(KeyValuePair.Create("a", Good), KeyValuePair.Create("b", Good with { Count = 5, Shape = [5], Strides = [1] }))),
            "storage"),
        Argument("shape of texts", p => p.Text("2").Op(PickleOp.Tuple1), p => p.Numbers(1), "shape|number"),
        Argument("shape of fractions", p => p.Op(PickleOp.BinFloat, 0x40, 0, 0, 0, 0, 0, 0, 0).Op(PickleOp.Tuple1), p => p.Numbers(1), "shape|number"),
        Argument("shape of truths", p => p.Op(PickleOp.NewTrue).Op(PickleOp.Tuple1), p => p.Numbers(1), "shape|number"),
        Argument("shape that is a number", p => p.Number(2), p => p.Numbers(1), "shape|tuple"),
        Argument("shape that is a list inside itself", p => p.Op(PickleOp.EmptyList).Put(9).Get(9).Op(PickleOp.Append), p => p.Numbers(1), "shape|tuple"),
        Argument("strides that are none", p => p.Numbers(2), p => p.Op(PickleOp.None), "stride|tuple"),
        Storage("persistent id without members", p => p.Op(PickleOp.EmptyTuple).Op(PickleOp.BinPersId), "persistent|storage"),
        Storage("storage type as a text", p => Id(p, q => q.Text("FloatStorage"), q => q.Text("0"), q => q.Text("cpu")), "storage|type"),
        Storage("storage key as a number", p => Id(p, q => q.Global("torch", "FloatStorage"), q => q.Number(0), q => q.Text("cpu")), "key"),
        Storage("storage key as a tuple", p => Id(p, q => q.Global("torch", "FloatStorage"), q => q.Numbers(0), q => q.Text("cpu")), "key"),
        new("big-endian archive", () => CheckpointBytes.Zip(zip => Replace(zip, "byteorder", "big"u8)), "big.endian"),
        new("byte order unknown", () => CheckpointBytes.Zip(zip => Replace(zip, "byteorder", "middle"u8)), "should be 'little' or 'big'"),
        new("booleans that are neither", () => Zip(CheckpointPickle.Of(KeyValuePair.Create("weight", Good with { StorageType = "BoolStorage", Count = 24, Shape = [24], Strides = [1] }))), "booleans"),
    ];

    private static HostileCase One(string name, PickledTensor tensor, string reason) =>
        new(name, () => Zip(CheckpointPickle.Of(KeyValuePair.Create("weight", tensor), CheckpointPickle.Good[1])), reason);

    private static HostileCase Argument(string name, Action<PickleBytes> shape, Action<PickleBytes> strides, string reason) => Value(
        name,
        pickle =>
        {
            pickle.Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOp.Mark);
            Good.WriteStorageTo(pickle);
            pickle.Number(0);
            shape(pickle);
            strides(pickle);
            pickle.Op(PickleOp.NewFalse).OrderedDict().Op(PickleOp.Tuple).Op(PickleOp.Reduce);
        },
        reason);

    private static HostileCase Storage(string name, Action<PickleBytes> storage, string reason) => Value(
        name,
        pickle =>
        {
            pickle.Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOp.Mark);
            storage(pickle);
            pickle.Number(0).Numbers(2, 3).Numbers(3, 1).Op(PickleOp.NewFalse).OrderedDict().Op(PickleOp.Tuple).Op(PickleOp.Reduce);
        },
        reason);

    private static HostileCase Value(string name, Action<PickleBytes> value, string reason) => new(name, () => Zip(CheckpointPickle.With(value)), reason);

    private static void Id(PickleBytes pickle, Action<PickleBytes> type, Action<PickleBytes> key, Action<PickleBytes> device)
    {
        pickle.Op(PickleOp.Mark).Text("storage");
        type(pickle);
        key(pickle);
        device(pickle);
        pickle.Number(6).Op(PickleOp.Tuple).Op(PickleOp.BinPersId);
    }

    private static void Replace(ZipBytes zip, string name, ReadOnlySpan<byte> data)
    {
        int index = zip.Records.IndexOf(zip[name]);
        zip.Records[index] = zip.Records[index] with { Data = data.ToArray() };
    }

    private static byte[] Zip(byte[] pickle) => CheckpointBytes.Zip(pickle).ToArray();

    private static IEnumerable<BigInteger> Ones(int count) => Enumerable.Repeat(BigInteger.One, count);
}
