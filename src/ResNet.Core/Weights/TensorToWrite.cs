using TorchSharp;

namespace ResNet.Weights;

/// <summary>A tensor about to be written: what an index says of it, before any of its values is touched.</summary>
internal sealed class TensorToWrite
{
    private readonly Func<Tensor> _values;

    private TensorToWrite(string name, torch.ScalarType type, IReadOnlyList<long> shape, object storage, Func<Tensor> values)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Storage = storage;
        _values = values;
    }

    public string Name { get; }

    public torch.ScalarType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    /// <summary>Equal for tensors that are the same values in the same place, so that formats that can write them once.</summary>
    public object Storage { get; }

    public static TensorToWrite Of(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.is_sparse || tensor.device_type == DeviceType.META)
        {
            string found = tensor.is_sparse ? "is sparse; make it dense with to_dense()" : "is on the meta device and has no values";
            throw new ArgumentException($"Tensor {ShapeText.Quote(name)} {found}.", nameof(tensor));
        }

        // Not the tensor itself: TorchSharp's tensors compare by value, and two empty ones with the same hash code would be one.
        bool hasAddress = tensor.numel() > 0 && TensorMemory.IsPlain(tensor);
        object storage = hasAddress ? (TensorMemory.Identity(tensor), tensor.numel(), tensor.dtype) : tensor.Handle;
        return new TensorToWrite(name, tensor.dtype, tensor.shape, storage, () => TensorMemory.Plain(tensor));
    }

    /// <summary>A tensor of a file, read when its turn comes.</summary>
    public static TensorToWrite Of(StateDictFile file, StateDictEntry entry) =>
        new(entry.Name, entry.Type, entry.Shape, entry.ByteCount > 0 ? file.PlaceOf(entry.Name) : entry, () => file.Read(entry.Name));

    /// <summary>Number of values.</summary>
    public long Count() => Shape.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Does something with the values; they lie row-major in memory meanwhile, as a copy only where they did not before.</summary>
    public void Use(Action<Tensor> action)
    {
        using var scope = torch.NewDisposeScope();
        action(_values());
    }
}
