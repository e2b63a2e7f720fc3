namespace ResNet.Weights;

/// <summary>What a format's reader found in a file, completely checked.</summary>
internal sealed record StateDictContents(string Format, IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
