using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

/// <summary>Pickles that are broken, or that would use up memory, stack or time.</summary>
internal static class HostilePickles
{
    public static IReadOnlyList<HostileCase> All { get; } =
    [
        Value("a million marks", p => p.Repeat(1_000_000, q => q.Op(PickleOp.Mark)), "mark|nested|deep|stack"),
        Value("lists nested 200,000 deep", p => p.Repeat(200_000, q => q.Op(PickleOp.EmptyList)).Repeat(199_999, q => q.Op(PickleOp.Append)), "nested|deep|stack"),
        Value("lists by mark nested 50,000 deep", p => p.Repeat(50_000, q => q.Op(PickleOp.Mark)).Repeat(50_000, q => q.Op(PickleOp.List)), "nested|deep|mark|stack"),
        Value("doubled tuples as a key", p => p.OrderedDict().Op(PickleOp.EmptyTuple).Repeat(100, q => q.Op(PickleOp.Dup).Op(PickleOp.Tuple2)).Number(1).Op(PickleOp.SetItem), "0x32 is not one that PyTorch writes"),
        Value("ten million nones", p => p.Op(PickleOp.Mark).Repeat(10_000_000, q => q.Op(PickleOp.None)).Op(PickleOp.Tuple), "stack|more than|too many"),
        Value("ten million duplicates", p => p.Op(PickleOp.None).Repeat(10_000_000, q => q.Op(PickleOp.Dup)), "0x32 is not one that PyTorch writes"),
        Value("ten million memo entries", p => p.Op(PickleOp.None).Repeat(10_000_000, q => q.Op(PickleOp.Memoize)), "memo", 4),
        Value("memo index of 2 147 483 647", p => p.Op(PickleOp.None).Int4(PickleOp.LongBinPut, int.MaxValue), "memo"),
        Value("memo index of -1", p => p.Op(PickleOp.None).Int4(PickleOp.LongBinPut, -1), "memo"),
        Value("memo index beyond 64 bits", p => p.Op(PickleOp.None).Line(PickleOp.Put, "99999999999999999999"), "0x70 is not one that PyTorch writes"),
        Value("memo index that is no number", p => p.Op(PickleOp.None).Line(PickleOp.Put, "a"), "0x70 is not one that PyTorch writes"),
        Value("memo entry that is missing", p => p.Get(77), "memo"),
        Value("memo entry beyond the memo", p => p.Int4(PickleOp.LongBinGet, int.MaxValue), "memo"),
        Value("LONG4 of two gigabytes", p => p.Int4(PickleOp.Long4, int.MaxValue), "LONG4|bytes"),
        Value("LONG4 of negative length", p => p.Int4(PickleOp.Long4, -5), "LONG4|length|negative"),
        Value("LONG of a million digits", p => p.Line(PickleOp.Long, new string('9', 1_000_000) + "L"), "0x4C is not one that PyTorch writes"),
        Value("INT of a million digits", p => p.Line(PickleOp.Int, new string('9', 1_000_000)), "0x49 is not one that PyTorch writes"),
        Value("INT that is no number", p => p.Line(PickleOp.Int, "0x1"), "0x49 is not one that PyTorch writes"),
        Value("FLOAT that is no number", p => p.Line(PickleOp.Float, "one"), "0x46 is not one that PyTorch writes"),
        Cut("LONG1 beyond the end", p => p.Op(PickleOp.Long1, 255, 1), "LONG1|end|bytes"),
        Cut("text longer than the file", p => p.Int4(PickleOp.BinUnicode, 1_000_000), "BINUNICODE|end|bytes"),
        Cut("text of four gigabytes", p => p.Int4(PickleOp.BinUnicode, -1), "asks for more than"),
        Cut("BINUNICODE8 of 2^62 bytes", p => p.Int8(PickleOp.BinUnicode8, 1L << 62), "asks for more than", 4),
        Cut("BINUNICODE8 of negative length", p => p.Int8(PickleOp.BinUnicode8, -1), "asks for more than", 4),
        Cut("BINBYTES8 of 2^62 bytes", p => p.Int8(PickleOp.BinBytes8, 1L << 62), "BINBYTES8|end|bytes", 4),
        Cut("BINBYTES8 of negative length", p => p.Int8(PickleOp.BinBytes8, -9), "BINBYTES8|end|bytes|length", 4),
        Cut("BYTEARRAY8 of 2^62 bytes", p => p.Int8(PickleOp.ByteArray8, 1L << 62), "BYTEARRAY8|opcode|end|bytes", 5),
        Cut("BINBYTES of four gigabytes", p => p.Int4(PickleOp.BinBytes, -1), "BINBYTES|end|bytes", 4),
        Cut("BINSTRING of negative length", p => p.Int4(PickleOp.BinString, -1), "BINSTRING|end|bytes|length"),
        Cut("GLOBAL without an end of line", p => p.Op(PickleOp.Global).Raw("torch"u8), "name of a Python object does not end"),
        Value("a module name of ten megabytes", p => p.Global(new string('a', 10_000_000), "b"), "name of a Python object does not end"),
        Value("text that is not UTF-8", p => p.Sized4(PickleOp.BinUnicode, [0xff, 0xfe]), "UTF-8"),
        Value("text with half a surrogate", p => p.Sized4(PickleOp.BinUnicode, [0xed, 0xa0, 0x80]), "UTF-8"),
        Value("an opcode that does not exist", p => p.Op(0xff), "opcode|0xff"),
        Value("a frame beyond the end", p => p.Int8(PickleOp.Frame, 1_000_000).Number(1), "FRAME|end", 4),
        Value("a frame of negative length", p => p.Int8(PickleOp.Frame, -1).Number(1), "FRAME|length|end", 4),
        Value("protocol 6", p => p.Number(1), "protocol", 6),
        Value("protocol 255", p => p.Number(1), "protocol", 255),
        Value("a tuple without its mark", p => p.Op(PickleOp.Pop).Op(PickleOp.Pop).Op(PickleOp.Pop).Op(PickleOp.Pop).Op(PickleOp.Tuple), "mark|stack"),
        Value("an odd number of items", p => p.Number(1).Number(2), "SETITEMS|odd|pairs|key"),
        Whole("no bytes at all", () => [], "empty|pickle|end"),
        Whole("no STOP", () => CheckpointPickle.OfGood()[..^1], "cut off"),
        Whole("bytes after STOP", () => [.. CheckpointPickle.OfGood(), 1, 2, 3], "3 bytes follow the pickle in archive/data.pkl"),
        Whole("STOP on an empty stack", () => PickleBytes.Protocol().Stop(), "stack|STOP"),
        Whole("STOP with two values", () => PickleBytes.Protocol().OrderedDict().OrderedDict().Stop(), "stack|STOP"),
        Whole("STOP inside a mark", () => PickleBytes.Protocol().OrderedDict().Op(PickleOp.Mark).Stop(), "stack|STOP|mark"),
        Whole("a number instead of a dictionary", () => PickleBytes.Protocol().Number(1).Stop(), "dict"),
        Whole("a list instead of a dictionary", () => PickleBytes.Protocol().Op(PickleOp.EmptyList).Stop(), "dict"),
        Whole("a text of a megabyte as a name", () => CheckpointPickle.Of(KeyValuePair.Create(new string('a', 1_000_000), new PickledTensor())), "name|key"),
        Whole("a million names", () => CheckpointPickle.Of([.. Enumerable.Range(0, 1_000_000).Select(i => KeyValuePair.Create($"n{i}", new PickledTensor()))]), "more than|too many|memo|stack"),
        Whole("a name twice", () => CheckpointPickle.Of(CheckpointPickle.Good[0], CheckpointPickle.Good[0]), "weight.*twice|twice.*weight"),
        Whole("a name that commands the terminal", () => CheckpointPickle.Of(KeyValuePair.Create("a\u001b[31m\r\nb", new PickledTensor { Shape = [7, 7] })), "tensor"),
        Whole("a tensor as a name", TensorAsName, "key|name"),
        Whole("a state dictionary inside itself", Itself, "no weights in it"),
    ];

    private static HostileCase Value(string name, Action<PickleBytes> value, string reason, byte protocol = 2) =>
        Whole(name, () => CheckpointPickle.With(value, protocol), reason);

    private static HostileCase Cut(string name, Action<PickleBytes> last, string reason, byte protocol = 2) => Whole(
        name,
        () =>
        {
            var pickle = PickleBytes.Protocol(protocol);
            last(pickle);
            return pickle.ToArray();
        },
        reason);

    private static HostileCase Whole(string name, Func<byte[]> pickle, string reason) =>
        new(name, () => CheckpointBytes.Zip(pickle()).ToArray(), reason);

    private static byte[] TensorAsName()
    {
        var pickle = PickleBytes.Protocol().OrderedDict();
        CheckpointPickle.Good[0].Value.WriteTo(pickle);
        return pickle.Number(1).Op(PickleOp.SetItem).Stop();
    }

    private static byte[] Itself() => PickleBytes.Protocol().Op(PickleOp.EmptyDict).Put(0).Text("model").Get(0).Op(PickleOp.SetItem).Stop();
}
