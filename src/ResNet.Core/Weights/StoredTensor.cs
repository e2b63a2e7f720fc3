namespace ResNet.Weights;

/// <summary>A tensor of a file and where its values lie, little-endian.</summary>
/// <param name="Entry">What the caller sees of it.</param>
/// <param name="Source">The file that holds the values.</param>
/// <param name="Offset">The first value's first byte there; all values are known to lie inside.</param>
/// <param name="Strides">Distance, in values, between neighbours along each dimension; null where they lie row-major, one after the other.</param>
internal sealed record StoredTensor(StateDictEntry Entry, ByteSource Source, long Offset, IReadOnlyList<long>? Strides = null)
{
    /// <summary>A view of a storage, whose place in the file is known.</summary>
    public static StoredTensor Of(string name, PickleTensor tensor, ByteSource source, long storageOffset)
    {
        int size = tensor.Storage.ElementSize;
        var entry = new StateDictEntry(name, tensor.Storage.Type, Array.AsReadOnly(tensor.Shape), tensor.Count * size);
        long offset = storageOffset + ((tensor.Storage.First + tensor.Offset) * size);
        return new StoredTensor(entry, source, offset, StridedCopy.IsRowMajor(tensor.Shape, tensor.Strides) ? null : Array.AsReadOnly(tensor.Strides));
    }
}
