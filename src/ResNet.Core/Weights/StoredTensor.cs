namespace ResNet.Weights;

/// <summary>A tensor of a file and where its values lie, little-endian.</summary>
/// <param name="Entry">What the caller sees of it.</param>
/// <param name="Source">The bytes that hold the values; of an index file, those of a shard.</param>
/// <param name="Offset">First byte in the source; with the entry's size, or what the strides span, it is known to lie inside.</param>
/// <param name="Strides">Distances of neighbours in every dimension, in values; null where the values lie row-major without gaps.</param>
internal sealed record StoredTensor(StateDictEntry Entry, ByteSource Source, long Offset, IReadOnlyList<long>? Strides = null);
