using TorchSharp;

namespace ResNet.Weights;

/// <summary>The type names of the safetensors format that torch has a type for.</summary>
internal static class SafeTensorsTypes
{
    private static readonly (string Name, torch.ScalarType Type, int Size)[] All =
    [
        ("F64", torch.ScalarType.Float64, 8),
        ("F32", torch.ScalarType.Float32, 4),
        ("F16", torch.ScalarType.Float16, 2),
        ("BF16", torch.ScalarType.BFloat16, 2),
        ("I64", torch.ScalarType.Int64, 8),
        ("I32", torch.ScalarType.Int32, 4),
        ("I16", torch.ScalarType.Int16, 2),
        ("I8", torch.ScalarType.Int8, 1),
        ("U8", torch.ScalarType.Byte, 1),
        ("BOOL", torch.ScalarType.Bool, 1),
    ];

    public static string Names => string.Join(", ", All.Select(type => type.Name));

    public static bool TryFind(string name, out torch.ScalarType type, out int size)
    {
        (string? found, type, size) = Array.Find(All, candidate => candidate.Name == name);
        return found is not null;
    }

    /// <summary>The name and size in bytes; null for types that the format has no name for.</summary>
    public static (string Name, int Size)? Find(torch.ScalarType type)
    {
        var found = Array.Find(All, candidate => candidate.Type == type);
        return found.Name is null ? null : (found.Name, found.Size);
    }
}
