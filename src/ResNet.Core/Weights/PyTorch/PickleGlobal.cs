using TorchSharp;

namespace ResNet.Weights;

/// <summary>A Python object of the allow-list.</summary>
/// <param name="Kind">What this reader does when the pickle calls it.</param>
/// <param name="Type">For storages, the type of the values.</param>
/// <param name="ElementSize">For storages, the size of one value in bytes.</param>
internal sealed record PickleGlobal(PickleGlobalKind Kind, torch.ScalarType Type = default, int ElementSize = 0);
