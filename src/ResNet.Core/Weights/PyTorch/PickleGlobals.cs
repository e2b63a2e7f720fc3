using System.Collections.Frozen;
using TorchSharp;

namespace ResNet.Weights;

/// <summary>
/// The allow-list: the Python objects that weights are made of. Each is a case in this reader's own code; none is ever looked up by name
/// in .NET, and nothing else can be called.
/// </summary>
internal static class PickleGlobals
{
    private static readonly FrozenDictionary<string, PickleGlobal> All = List().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of torch's storage classes, with the types that they stand for.</summary>
    public static IReadOnlyList<(string Name, torch.ScalarType Type, int Size)> Storages =>
    [
        ("DoubleStorage", torch.ScalarType.Float64, 8),
        ("FloatStorage", torch.ScalarType.Float32, 4),
        ("HalfStorage", torch.ScalarType.Float16, 2),
        ("BFloat16Storage", torch.ScalarType.BFloat16, 2),
        ("LongStorage", torch.ScalarType.Int64, 8),
        ("IntStorage", torch.ScalarType.Int32, 4),
        ("ShortStorage", torch.ScalarType.Int16, 2),
        ("CharStorage", torch.ScalarType.Int8, 1),
        ("ByteStorage", torch.ScalarType.Byte, 1),
        ("BoolStorage", torch.ScalarType.Bool, 1),
        ("ComplexFloatStorage", torch.ScalarType.ComplexFloat32, 8),
        ("ComplexDoubleStorage", torch.ScalarType.ComplexFloat64, 16),
    ];

    /// <summary>Finds an object of the list.</summary>
    /// <param name="name">Module, a dot, and name.</param>
    /// <returns>The object, or null where it is not allowed.</returns>
    public static PickleGlobal? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<KeyValuePair<string, PickleGlobal>> List()
    {
        foreach (var (name, type, size) in Storages)
        {
            yield return new("torch." + name, new PickleGlobal(PickleGlobalKind.Storage, type, size));
        }

        yield return new("collections.OrderedDict", new PickleGlobal(PickleGlobalKind.Dictionary));
        yield return new("torch._utils._rebuild_tensor", new PickleGlobal(PickleGlobalKind.Tensor));
        yield return new("torch._utils._rebuild_tensor_v2", new PickleGlobal(PickleGlobalKind.Tensor));
        yield return new("torch._utils._rebuild_parameter", new PickleGlobal(PickleGlobalKind.Parameter));
        yield return new("torch._tensor._rebuild_from_type_v2", new PickleGlobal(PickleGlobalKind.FromType));
        yield return new("torch.Size", new PickleGlobal(PickleGlobalKind.Size));

        // What lies beside weights in checkpoints: schedules count epochs, optimisers name devices and types.
        var inert = new PickleGlobal(PickleGlobalKind.Inert);
        string[] builtins = ["set", "frozenset", "bytearray", "complex", "int", "float", "bool", "str", "list", "tuple", "dict", "slice", "range"];
        string[] types =
        [
            "float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool", "complex64", "complex128",
            "device", "Tensor", "nn.parameter.Parameter",
        ];
        string[] harmless =
        [
            "_codecs.encode",
            "collections.Counter",
            "collections.defaultdict",
            .. builtins.SelectMany(name => new[] { "builtins." + name, "__builtin__." + name }),
            .. types.Select(name => "torch." + name),
        ];
        foreach (string name in harmless)
        {
            yield return new(name, inert);
        }
    }
}
