using TorchSharp;

namespace ResNet.Weights;

/// <summary>One tensor of a file, as the file's header describes it. Its values are read when they are asked for.</summary>
public sealed class StateDictEntry
{
    internal StateDictEntry(string name, torch.ScalarType type, IReadOnlyList<long> shape, long byteCount)
    {
        Name = name;
        Type = type;
        Shape = shape;
        ByteCount = byteCount;
    }

    /// <summary>The key of the tensor, such as <c>layer1.0.conv1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The type of the values in the file.</summary>
    public torch.ScalarType Type { get; }

    /// <summary>The length of every dimension; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Size of the values in bytes.</summary>
    public long ByteCount { get; }

    /// <summary>Name, type and shape, for people.</summary>
    /// <returns>Such as "fc.weight Float32 [1000, 2048]".</returns>
    public override string ToString() => $"{Name} {Type} {ShapeText.Of(Shape)}";
}
