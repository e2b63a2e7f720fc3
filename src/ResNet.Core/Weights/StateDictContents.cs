namespace ResNet.Weights;

/// <summary>What a format's reader found in a file, completely checked.</summary>
internal sealed record StateDictContents(string Format, IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The keys that led to the weights inside of a checkpoint; null where they are all of it.</summary>
    public string? Root { get; init; }

    /// <summary>Names of foreign Python objects that were replaced by placeholders.</summary>
    public IReadOnlyList<string> Placeholders { get; init; } = [];
}
