namespace ResNet.Weights;

/// <summary>A tensor of a file and where its values lie, row-major and little-endian.</summary>
/// <param name="Entry">What the caller sees of it.</param>
/// <param name="Offset">First byte in the file; with the entry's size it is known to lie inside.</param>
internal sealed record StoredTensor(StateDictEntry Entry, long Offset);
