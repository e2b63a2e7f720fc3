using TorchSharp;

namespace ResNet.Weights;

/// <summary>The storage classes of Python's torch, by which its files name types.</summary>
internal static class PyTorchStorages
{
    private static readonly (string Name, torch.ScalarType Type, int Size)[] All =
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

    public static string Types => string.Join(", ", All.Select(storage => storage.Type));

    /// <summary>The class and the size in bytes of one value; null for types that have no such class.</summary>
    public static (string Name, int Size)? Find(torch.ScalarType type)
    {
        var found = Array.Find(All, candidate => candidate.Type == type);
        return found.Name is null ? null : (found.Name, found.Size);
    }
}
