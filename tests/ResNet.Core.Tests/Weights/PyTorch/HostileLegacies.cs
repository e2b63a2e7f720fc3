using System.Text;
using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

/// <summary>Files in the format before PyTorch 1.6 that are broken or evil.</summary>
internal static class HostileLegacies
{
    private static readonly PickledTensor Good = new() { Legacy = true };

    private static readonly KeyValuePair<string, PickledTensor> Count = KeyValuePair.Create("count", CheckpointPickle.Good[1].Value with { Legacy = true });

    public static IReadOnlyList<HostileCase> All { get; } =
    [
        File("another magic number", new() { Magic = 12345 }, "magic|torch.save"),
        File("another protocol", new() { Protocol = 1002 }, "version 1001"),
        File("a protocol of a thousand bits", new() { Protocol = System.Numerics.BigInteger.Pow(2, 1000) }, "version 1001"),
        File("big-endian", new() { System = LegacyBytes.SystemPickle(bigEndian: true) }, "big.endian"),
        File("system description that is a list", new() { System = LegacyBytes.KeyPickle("a") }, "does not say the byte order"),
        File("system description that calls", new() { System = Call() }, "posix.system"),
        File("keys that call", new() { Keys = Call() }, "posix.system"),
        File("state that calls", new() { Pickle = Call() }, "posix.system"),
        new("magic number that calls", () => [.. Call(), .. Call()], "posix.system|magic|torch.save"),
        File("keys that are no list", new() { Keys = PickleBytes.Protocol().Number(2).Stop() }, "key|list"),
        File("keys that are numbers", new() { Keys = PickleBytes.Protocol().Op(PickleOp.EmptyList).Number(0).Op(PickleOp.Append).Stop() }, "list of storages has"),
        File("a key twice", new() { Keys = LegacyBytes.KeyPickle("0", "0") }, "twice"),
        File("a key too few", new() { Keys = LegacyBytes.KeyPickle("0") }, "storage|key"),
        File("a key too many", new() { Keys = LegacyBytes.KeyPickle("0", "1", "2") }, "storage|key|end"),
        File("a key of another name", new() { Keys = LegacyBytes.KeyPickle("0", "7") }, "storage|key"),
        File("a key list inside itself", new() { Keys = PickleBytes.Protocol().Op(PickleOp.EmptyList).Put(0).Get(0).Op(PickleOp.Append).Stop() }, "list of storages has"),
        File("a negative count", new() { Counts = [-6, 2] }, "count|elements|negative|storage"),
        File("a count of 2^62", new() { Counts = [1L << 62, 2] }, "count|elements|end|storage"),
        File("a count beyond the end", new() { Counts = [6, 3] }, "count|elements|end|storage"),
        File("a count that differs from the pickle's", new() { Counts = [5, 2] }, "count|elements|storage"),
        File("values cut off", new() { Storages = [CheckpointBytes.Floats, CheckpointBytes.Longs[..9]] }, "end|cut off|storage"),
        File("values missing", new() { Storages = [CheckpointBytes.Floats] }, "end|cut off|storage"),
        File("bytes after the last storage", new() { Storages = [CheckpointBytes.Floats, [.. CheckpointBytes.Longs, 0, 0, 1]] }, "after|belong|3 bytes"),
        Tensor("a view beyond its storage", Good with { View = View(4, 6) }, "part of storage '0' lies outside"),
        Tensor("a view of negative offset", Good with { View = View(-1, 6) }, "part of storage '0' lies outside"),
        Tensor("a view that is a text", Good with { View = pickle => pickle.Text("0") }, "part of storage '0' lies outside"),
        Tensor("a storage of more elements than follow", Good with { Count = 7 }, "count|elements|storage"),
        Tensor("a storage key that climbs out", Good with { Key = "../../etc/passwd" }, "passwd|key|storage"),
        Tensor("a tensor outside its storage", Good with { Offset = 1 }, "outside|storage"),
        Tensor("a float expanded to four terabytes", Good with { Shape = [1L << 40], Strides = [0] }, "repeats the 6 values of its storage"),
        new("a bare pickle of a dictionary", () => CheckpointPickle.OfGood(), "magic|torch.save|pickle"),
        new("a tar archive, as before 0.1.10", Tar, "tar"),
        new("a pickle of protocol 6", () => [0x80, 6, .. new LegacyBytes().ToArray()[2..]], "protocol|known"),
        new("nothing but a magic number", () => PickleBytes.Protocol().Number(new LegacyBytes().Magic).Stop(), "end|cut off"),
    ];

    private static HostileCase File(string name, LegacyBytes file, string reason) => new(name, file.ToArray, reason);

    private static HostileCase Tensor(string name, PickledTensor tensor, string reason) =>
        File(name, new() { Pickle = CheckpointPickle.Of(KeyValuePair.Create("weight", tensor), Count) }, reason);

    private static Action<PickleBytes> View(int offset, int size) =>
        pickle => pickle.Op(PickleOp.Mark).Text("5").Number(offset).Number(size).Op(PickleOp.Tuple);

    private static byte[] Call() => PickleBytes.Protocol().Global("posix", "system").Text("true").Op(PickleOp.Tuple1).Op(PickleOp.Reduce).Stop();

    private static byte[] Tar()
    {
        byte[] header = new byte[1024];
        Encoding.ASCII.GetBytes("sys_info").CopyTo(header, 0);
        Encoding.ASCII.GetBytes("0000644\0").CopyTo(header, 100);
        Encoding.ASCII.GetBytes("ustar\0").CopyTo(header, 257);
        return header;
    }
}
