namespace ResNet.Weights;

/// <summary>What the tensors of a file are called in the model.</summary>
/// <param name="Pairs">For each tensor that may be the network's, its name in the file and the one that it has in the model.</param>
internal sealed record MappedNames(IReadOnlyList<(string InFile, string InModel)> Pairs)
{
    /// <summary>Tensors that lie beside the network in a checkpoint, such as a loss's weights; nothing is lost with them where the network is whole.</summary>
    public IReadOnlyList<SkippedWeight> Beside { get; init; } = [];

    /// <summary>A sentence where the file holds the network more than once; null where it is clear which is meant.</summary>
    public string? Ambiguity { get; init; }
}
