using TorchSharp;

namespace ResNet.Weights;

/// <summary>A row of values outside the pickle, by its key. Where they lie, and whether they are there, the format's reader finds out.</summary>
/// <param name="Key">The name of the storage in the file.</param>
/// <param name="Type">Type of the values.</param>
/// <param name="ElementSize">Size of one value in bytes.</param>
/// <param name="TotalCount">How many values the key stands for.</param>
/// <param name="First">Index of the first value that belongs to this storage: old files have storages that are views of others.</param>
/// <param name="Count">How many values belong to this storage.</param>
internal sealed record PickleStorage(string Key, torch.ScalarType Type, int ElementSize, long TotalCount, long First, long Count);
