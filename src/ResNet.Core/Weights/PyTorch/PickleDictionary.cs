namespace ResNet.Weights;

/// <summary>A dictionary of a pickle as it was written, pair by pair: keys are not hashed, since they may be anything, themselves included.</summary>
internal sealed class PickleDictionary
{
    private bool? _hasTensors;

    public List<KeyValuePair<object?, object?>> Pairs { get; } = [];

    /// <summary>
    /// Whether a text leads to a tensor; asked once the pickle has run. Looked for once: a small pickle can put one large dictionary into
    /// another a hundred thousand times.
    /// </summary>
    public bool HasTensors => _hasTensors ??= Pairs.Exists(pair => pair is { Key: string, Value: PickleTensor });
}
