namespace ResNet.Analysis;

/// <summary>Shape of what a layer puts out for one picture. The classifier's is 1×1 high and wide.</summary>
/// <param name="Channels">Channels, or classes of the classifier.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct MapShape(int Channels, int Height, int Width)
{
    /// <summary>Numbers in the map.</summary>
    public long Size => (long)Channels * Height * Width;

    /// <summary>The shape as text.</summary>
    /// <returns>Such as <c>64×112×112</c>.</returns>
    public override string ToString() => $"{Channels}×{Height}×{Width}";
}
