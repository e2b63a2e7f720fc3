namespace ResNet.Compilation;

/// <summary>How the numbers of one map are stored, and what they are worth.</summary>
/// <param name="Kind">How they are stored.</param>
/// <param name="Step">What 1 in a map of <see cref="NumberKind.Int8"/> is worth; 1 for the others, which store the numbers themselves.</param>
internal readonly record struct MapFormat(NumberKind Kind, float Step = 1)
{
    /// <summary>Whether its numbers count steps.</summary>
    public bool IsInt8 => Kind == NumberKind.Int8;
}
