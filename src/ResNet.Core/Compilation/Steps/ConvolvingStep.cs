namespace ResNet.Compilation;

/// <summary>A convolution, whatever way it is computed, with what follows it.</summary>
internal abstract class ConvolvingStep : MapStep
{
    /// <summary>Where the shortcut lies that is added; null for none. It may be the target.</summary>
    public long? Shortcut { get; init; }

    /// <summary>Whether negative numbers become 0 at the end.</summary>
    public bool Relu { get; init; }
}
