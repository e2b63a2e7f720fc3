using ResNet.TestSupport.Checkpoints;

namespace ResNet.Core.Tests.Weights.PyTorch;

/// <summary>Pickles that would call something.</summary>
internal static class HostileGlobals
{
    public static IReadOnlyList<HostileCase> All { get; } =
    [
        Call("posix", "system"),
        Call("os", "system"),
        Call("nt", "system"),
        Call("os", "execvp"),
        Call("builtins", "eval"),
        Call("builtins", "exec"),
        Call("builtins", "getattr"),
        Call("builtins", "__import__"),
        Call("builtins", "open"),
        Call("__builtin__", "eval"),
        Call("subprocess", "Popen"),
        Call("runpy", "run_path"),
        Call("importlib", "import_module"),
        Call("pickle", "loads"),
        Call("webbrowser", "open"),
        Call("torch.serialization", "load"),
        Call("torch", "load"),
        Call("torch.hub", "load"),
        Call("torch.jit", "load"),
        Call("torch.storage", "_load_from_bytes"),
        Call("torch._utils", "_import_dotted_name"),
        Call("torch._utils", "_rebuild_tensor_v2.__globals__"),
        Call("torch", "FloatStorage.from_file"),
        Call("collections", "OrderedDict.__reduce__"),
        Call("collections", "namedtuple"),
        Call("Collections", "OrderedDict"),
        Call(" torch", "FloatStorage"),
        Call("torch.FloatStorage", ""),
        Call("", "FloatStorage"),
        Value("STACK_GLOBAL", p => p.StackGlobal("posix", "system").Text("true").Op(PickleOp.Tuple1).Op(PickleOp.Reduce), "posix.system", 4),
        Value(
            "STACK_GLOBAL by way of the memo",
            p => p.Text("system").Op(PickleOp.Memoize).Op(PickleOp.Pop).Text("posix").Get(0).Op(PickleOp.StackGlobal).Text("true").Op(PickleOp.Tuple1)
                .Op(PickleOp.Reduce),
            "posix.system",
            4),
        Value("STACK_GLOBAL of numbers", p => p.Number(1).Number(2).Op(PickleOp.StackGlobal), "name of a Python object must be two texts", 4),
        Value("NEWOBJ", p => p.Global("subprocess", "Popen").Text("true").Op(PickleOp.Tuple1).Op(PickleOp.NewObj), "subprocess.Popen"),
        Value(
            "NEWOBJ_EX",
            p => p.Global("subprocess", "Popen").Text("true").Op(PickleOp.Tuple1).Op(PickleOp.EmptyDict).Op(PickleOp.NewObjEx),
            "subprocess.Popen",
            4),
        Value("INST", p => p.Op(PickleOp.Mark).Text("true").Op(PickleOp.Inst).Raw("posix\nsystem\n"u8), "0x69 is not one that PyTorch writes"),
        Value("OBJ", p => p.Op(PickleOp.Mark).Global("posix", "system").Text("true").Op(PickleOp.Obj), "posix.system"),
        Value("EXT1", p => p.Op(PickleOp.Ext1, 1), "0x82 is not one that PyTorch writes"),
        Value("EXT2", p => p.Op(PickleOp.Ext2, 1, 0), "0x83 is not one that PyTorch writes"),
        Value("EXT4", p => p.Int4(PickleOp.Ext4, 1), "0x84 is not one that PyTorch writes"),
        Value(
            "call inside the arguments of a call",
            p => p.Global("collections", "OrderedDict").Global("posix", "system").Text("true").Op(PickleOp.Tuple1).Op(PickleOp.Reduce)
                .Op(PickleOp.Tuple1).Op(PickleOp.Reduce),
            "posix.system"),
        Value("call that is dropped", p => p.Global("posix", "system").Text("true").Op(PickleOp.Tuple1).Op(PickleOp.Reduce).Op(PickleOp.Pop).Op(PickleOp.None), "posix.system"),
        Value("BUILD on a function", p => p.Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOp.EmptyDict).Op(PickleOp.Build), "no attributes that could be set"),
        Value("BUILD on a list", p => p.Op(PickleOp.EmptyList).Op(PickleOp.EmptyDict).Op(PickleOp.Build), "no attributes that could be set"),
        Value("BUILD on a text", p => p.Text("a").Text("__setstate__").Op(PickleOp.Build), "no attributes that could be set"),
        Value(
            "BUILD of a dictionary that brings its own __setstate__",
            p => p.OrderedDict().Op(PickleOp.EmptyDict).Text("__setstate__").Global("posix", "system").Op(PickleOp.SetItem).Op(PickleOp.Build),
            "posix.system"),
        Value("_rebuild_tensor_v2 without arguments", p => p.Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOp.EmptyTuple).Op(PickleOp.Reduce), "tensor must be made of a storage"),
        Value(
            "_rebuild_tensor_v2 of a text",
            p => p.Global("torch._utils", "_rebuild_tensor_v2").Op(PickleOp.Mark).Text("/etc/passwd").Number(0).Numbers(1).Numbers(1).Op(PickleOp.NewFalse)
                .OrderedDict().Op(PickleOp.Tuple).Op(PickleOp.Reduce),
            "tensor must be made of a storage"),
        Value("arguments that are no tuple", p => p.Global("torch._utils", "_rebuild_tensor_v2").Text("a").Op(PickleOp.Reduce), "arguments of a call must be a tuple"),
        Value("_rebuild_parameter of a number", p => p.Global("torch._utils", "_rebuild_parameter").Number(1).Op(PickleOp.NewTrue).OrderedDict().Op(PickleOp.Tuple3).Op(PickleOp.Reduce), "parameter must be made of a tensor"),
        Value("OrderedDict of four arguments", p => p.Global("collections", "OrderedDict").Numbers(1, 2, 3, 4).Op(PickleOp.Reduce), "ordered dictionary must be made of"),
        Value("a storage type called", p => p.Global("torch", "FloatStorage").Number(1_000_000_000).Op(PickleOp.Tuple1).Op(PickleOp.Reduce), "calls something that is no function"),
        Value("a text called", p => p.Text("posix.system").Text("true").Op(PickleOp.Tuple1).Op(PickleOp.Reduce), "calls something that is no function"),
        Value("persistent id of protocol 0", p => p.Line(PickleOp.PersId, "0"), "0x50 is not one that PyTorch writes"),
        Value("persistent id that is a text", p => p.Text("0").Op(PickleOp.BinPersId), "reference to data outside the pickle"),
        Value("persistent id of a module", p => p.Op(PickleOp.Mark).Text("module").Text("a").Text("b").Text("c").Op(PickleOp.Tuple).Op(PickleOp.BinPersId), "reference to data outside the pickle"),
        Value("buffer beside the pickle", p => p.Op(PickleOp.NextBuffer), "0x97 is not one that PyTorch writes", 5),
    ];

    private static HostileCase Call(string module, string name) => Value(
        $"{module}.{name}",
        pickle => pickle.Global(module, name).Text("true").Op(PickleOp.Tuple1).Op(PickleOp.Reduce),
        $"{module}.{name}".Replace(".", "\\.", StringComparison.Ordinal));

    private static HostileCase Value(string name, Action<PickleBytes> value, string reason, byte protocol = 2) =>
        new(name, () => CheckpointBytes.Zip(CheckpointPickle.With(value, protocol)).ToArray(), reason);
}
