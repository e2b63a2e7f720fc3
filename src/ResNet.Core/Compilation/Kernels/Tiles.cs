namespace ResNet.Compilation;

/// <summary>How a convolution is cut into the products that one thread computes at a time.</summary>
internal static class Tiles
{
    /// <summary>Positions of a tile at most: with 64 columns their sums take 16 KiB, a third of the first-level cache.</summary>
    public const int MaxRows = 64;

    /// <summary>Output channels of a tile: four vectors of AVX-512.</summary>
    public const int Columns = 64;

    /// <summary>Channels are padded to whole vectors.</summary>
    public const int VectorColumns = 16;

    /// <summary>A cache line; also what copies of runs write at once, so that every buffer has so many bytes to spare.</summary>
    public const int Alignment = 64;
}
