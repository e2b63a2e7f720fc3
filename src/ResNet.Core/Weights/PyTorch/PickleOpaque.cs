namespace ResNet.Weights;

/// <summary>A value of a pickle that weights have no use for, such as bytes, sets and huge numbers: known to be there, not kept.</summary>
internal sealed class PickleOpaque
{
    private PickleOpaque()
    {
    }

    public static PickleOpaque Value { get; } = new();
}
