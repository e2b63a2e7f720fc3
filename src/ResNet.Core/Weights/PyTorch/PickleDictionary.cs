namespace ResNet.Weights;

/// <summary>A dictionary of a pickle as it was written, pair by pair: keys are not hashed, since they may be anything, themselves included.</summary>
internal sealed class PickleDictionary
{
    public List<KeyValuePair<object?, object?>> Pairs { get; } = [];
}
