using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

/// <summary>Files that ask for as much memory, depth or time as the format lets them. They may be read or refused, within the bounds.</summary>
internal static class GreedyFiles
{
    private const int MostEntries = 49_990;
    private const int MostNames = 29_990;

    private static readonly PickledTensor Good = new();

    private static readonly PickledTensor Tall = Good with { Shape = [.. Enumerable.Repeat<System.Numerics.BigInteger>(1, 16)], Strides = [.. Enumerable.Repeat<System.Numerics.BigInteger>(1, 16)] };

    public static Dictionary<string, Func<byte[]>> All { get; } = new()
    {
        ["tuples nested 200,000 deep"] = Value(p => p.Op(PickleOp.EmptyTuple).Repeat(200_000, q => q.Op(PickleOp.Tuple1))),
        ["dictionaries nested 4,000 deep"] = Value(p => Deep(p, 4_000)),
        ["dictionaries nested 50,000 deep"] = Value(p => Deep(p, 50_000)),
        ["dictionaries nested 50,000 deep, and nothing else"] = Root(p => Deep(p, 50_000)),
        ["a list as a key"] = Value(p => p.OrderedDict().Op(PickleOp.EmptyList).Number(1).Op(PickleOp.SetItem)),
        ["a dictionary as its own key"] = Value(p => p.Op(PickleOp.EmptyDict).Put(9).Get(9).Get(9).Op(PickleOp.SetItem)),
        ["a dictionary inside itself"] = Value(p => p.Op(PickleOp.EmptyDict).Put(9).Text("self").Get(9).Op(PickleOp.SetItem)),
        ["doubled tuples as a key"] = Value(p => DoubledTuples(p.OrderedDict()).Number(1).Op(PickleOp.SetItem)),
        ["doubled dictionaries"] = Value(p => Doubled(p, "a", "b")),
        ["doubled dictionaries under the usual names"] = Root(p => Doubled(p, "model", "state_dict")),
        ["a number of four megabytes"] = Value(p => p.Sized4(PickleOp.Long4, new byte[4 << 20])),
        ["thirty thousand names of one tensor"] = Root(p => Names(p, MostNames, Good)),
        ["a dictionary of many that are all one"] = Root(p => ManyOfMany(p, 150_000)),
        ["a tensor of 16 dimensions made again and again"] = Value(p => Again(p, 2_000_000)),
        ["a tensor of 16 dimensions made again and again by its type"] = Value(p => Again(p, 2_000_000, byType: true)),
        ["a tensor of many marks made again and again"] = Value(p => Again(p, 100_000, marks: 200_000)),
        ["a tensor of many marks made again and again by its type"] = Value(p => Again(p, 100_000, marks: 200_000, byType: true)),
        ["lists made and dropped"] = Value(p => p.Repeat(3_000_000, q => q.Op(PickleOp.EmptyList).Op(PickleOp.Pop)).Number(1)),
        ["marks set and dropped"] = Value(p => p.Repeat(3_000_000, q => q.Op(PickleOp.Mark).Op(PickleOp.PopMark)).Number(1)),
        ["tuples made and dropped"] = Value(p => p.Repeat(3_000_000, q => q.Op(PickleOp.None).Op(PickleOp.Tuple1).Op(PickleOp.Pop)).Number(1)),
        ["numbers made and dropped"] = Value(p => p.Repeat(3_000_000, q => q.Number(1).Op(PickleOp.Pop)).Number(1)),
        ["texts made and dropped"] = Value(p => p.Repeat(3_000_000, q => q.Text("a").Op(PickleOp.Pop)).Number(1)),
        ["names made and dropped"] = Value(p => p.Repeat(500_000, q => q.Global("torch", "FloatStorage").Op(PickleOp.Pop)).Number(1)),
        ["dictionaries made and dropped"] = Value(p => p.Repeat(500_000, q => q.OrderedDict().Op(PickleOp.Pop)).Number(1)),
        ["storages made and dropped"] = Value(Storages),
        ["a list that is copied again and again"] = Value(Copies),
        ["one list a hundred thousand times in another"] = Value(p => p.Op(PickleOp.EmptyList).Put(5).Op(PickleOp.Pop).Op(PickleOp.EmptyList).Op(PickleOp.Mark).Repeat(100_000, q => q.Get(5)).Op(PickleOp.Appends)),
        ["the memo's last place that is paid for"] = Value(p => p.Number(1).Put(1_400_000)),
        ["the memo one by one"] = Value(p => p.Number(1).Repeat(2_000_000, q => q.Op(PickleOp.Memoize)), 4),
        ["texts of a megabyte"] = Value(p => p.Repeat(40, q => q.Text(new string('a', 1 << 20)).Op(PickleOp.Pop)).Number(1)),
        ["greed in every pickle of an old file"] = () => new LegacyBytes { System = Greed(LegacyBytes.SystemPickle(false)), Pickle = Greed(CheckpointPickle.OfGood(true)), Keys = Greed(LegacyBytes.KeyPickle("0", "1")) }.ToArray(),
        ["a hundred thousand entries of long names"] = () => CheckpointBytes.Zip(ManyEntries),
        ["everything at once"] = Everything,
        ["an old file of everything at once"] = () => new LegacyBytes { Pickle = Greed(Many(legacy: true), 500_000), Keys = Greed(LegacyBytes.KeyPickle("0"), 150_000), Counts = [6], Storages = [CheckpointBytes.Floats] }.ToArray(),
        ["no values of huge lengths"] = () => CheckpointBytes.Zip(CheckpointPickle.Of(KeyValuePair.Create("weight", Good with { Shape = [0, 1 << 30, 1 << 30], Strides = [1, 1, 1] }))).ToArray(),
        ["a device that is a number"] = Value(p => p.Op(PickleOp.Mark).Text("storage").Global("torch", "FloatStorage").Text("0").Number(0).Number(6).Op(PickleOp.Tuple).Op(PickleOp.BinPersId)),
        ["requires_grad that is a text"] = () => CheckpointBytes.Zip(CheckpointPickle.Of(KeyValuePair.Create("weight", Good with { RequiresGrad = p => p.Text("yes") }))).ToArray(),
        ["one storage of two types of one size"] = () => CheckpointBytes.Zip(CheckpointPickle.Of(KeyValuePair.Create("a", Good), KeyValuePair.Create("b", Good with { StorageType = "IntStorage" }))).ToArray(),
    };

    private static Func<byte[]> Value(Action<PickleBytes> value, byte protocol = 2) => () => CheckpointBytes.Zip(CheckpointPickle.With(value, protocol)).ToArray();

    private static Func<byte[]> Root(Action<PickleBytes> root) => () =>
    {
        var pickle = PickleBytes.Protocol();
        root(pickle);
        return CheckpointBytes.Zip(pickle.Stop()).ToArray();
    };

    private static void Deep(PickleBytes pickle, int depth) =>
        pickle.Repeat(depth, p => p.Op(PickleOp.EmptyDict).Text("model")).Op(PickleOp.None).Repeat(depth, p => p.Op(PickleOp.SetItem));

    private static PickleBytes DoubledTuples(PickleBytes pickle)
    {
        pickle.Op(PickleOp.EmptyTuple).Put(0);
        return pickle.Repeat(100, p => p.Get(0).Op(PickleOp.Tuple2).Put(0));
    }

    private static void Doubled(PickleBytes pickle, string first, string second)
    {
        Good.WriteTo(pickle);
        pickle.Put(0);
        pickle.Repeat(60, p => p.Op(PickleOp.Pop).Op(PickleOp.EmptyDict).Op(PickleOp.Mark).Text(first).Get(0).Text(second).Get(0).Op(PickleOp.SetItems).Put(0));
    }

    private static void Names(PickleBytes pickle, int count, PickledTensor tensor)
    {
        tensor.WriteTo(pickle);
        pickle.Put(0).Op(PickleOp.Pop).Op(PickleOp.EmptyDict);
        for (int i = 0; i < count; i++)
        {
            pickle.Text($"{i}").Get(0).Op(PickleOp.SetItem);
        }
    }

    /// <summary>A dictionary of n values that are all the same dictionary, of n values itself: n times n, if someone counts.</summary>
    private static void ManyOfMany(PickleBytes pickle, int count) => pickle
        .Op(PickleOp.EmptyDict).Put(0).Repeat(count, p => p.Op(PickleOp.None).Op(PickleOp.None).Op(PickleOp.SetItem)).Op(PickleOp.Pop)
        .Op(PickleOp.EmptyDict).Repeat(count, p => p.Op(PickleOp.None).Get(0).Op(PickleOp.SetItem));

    private static void Again(PickleBytes pickle, int times, int marks = 0, bool byType = false)
    {
        pickle.Global("torch._utils", "_rebuild_tensor_v2").Put(0).Op(PickleOp.Pop).Op(PickleOp.Mark);
        Tall.WriteStorageTo(pickle);
        pickle.Number(0).Numbers([.. Tall.Shape]).Numbers([.. Tall.Strides]).Op(PickleOp.NewFalse).OrderedDict()
            .Op(PickleOp.EmptyDict).Repeat(marks, p => p.Op(PickleOp.None).Op(PickleOp.None).Op(PickleOp.SetItem)).Op(PickleOp.Tuple).Put(1).Op(PickleOp.Pop);
        if (byType)
        {
            pickle.Op(PickleOp.Mark).Get(0).Global("torch", "Tensor").Get(1).Op(PickleOp.EmptyDict).Op(PickleOp.Tuple).Put(1).Op(PickleOp.Pop)
                .Global("torch._tensor", "_rebuild_from_type_v2").Put(0).Op(PickleOp.Pop);
        }

        pickle.Repeat(times, p => p.Get(0).Get(1).Op(PickleOp.Reduce).Op(PickleOp.Pop)).Number(1);
    }

    private static void Storages(PickleBytes pickle)
    {
        for (int i = 0; i < 300_000; i++)
        {
            pickle.Op(PickleOp.Mark).Text("storage").Global("torch", "FloatStorage").Text($"{i}").Text("cpu").Number(6).Op(PickleOp.Tuple).Op(PickleOp.BinPersId).Op(PickleOp.Pop);
        }

        pickle.Number(1);
    }

    private static void Copies(PickleBytes pickle)
    {
        pickle.Global("collections", "OrderedDict").Put(0).Op(PickleOp.Pop).Op(PickleOp.EmptyList).Op(PickleOp.Mark)
            .Repeat(10_000, p => p.Op(PickleOp.None).Op(PickleOp.None).Op(PickleOp.Tuple2)).Op(PickleOp.Appends).Op(PickleOp.Tuple1).Put(1).Op(PickleOp.Pop)
            .Repeat(10_000, p => p.Get(0).Get(1).Op(PickleOp.Reduce).Op(PickleOp.Pop)).Number(1);
    }

    /// <summary>The same pickle after many numbers that are dropped again.</summary>
    private static byte[] Greed(byte[] pickle, int count = 1_400_000) =>
        [.. pickle.AsSpan(0, 2), .. new PickleBytes().Repeat(count, p => p.Number(1).Op(PickleOp.Pop)).ToArray(), .. pickle.AsSpan(2)];

    private static byte[] Many(bool legacy)
    {
        var pickle = PickleBytes.Protocol();
        Names(pickle, MostNames, Good with { Legacy = legacy });
        return pickle.Stop();
    }

    /// <summary>As many entries, tensors and values as the bounds let through.</summary>
    private static byte[] Everything()
    {
        var zip = CheckpointBytes.Zip(Greed(Many(legacy: false), 1_000_000));
        for (int i = 0; i < MostEntries; i++)
        {
            zip.Add($"archive/data/of/a/long/folder/{i}", [], record => record.LocalExtra = []);
        }

        zip.End.Entries = ushort.MaxValue;
        return zip.ToArray();
    }

    private static void ManyEntries(ZipBytes zip)
    {
        string folder = "archive/data/" + new string('x', 1000);
        for (int i = 0; i < 65_000; i++)
        {
            zip.Add($"{folder}{i}", [], record => record.LocalExtra = []);
        }
    }
}
