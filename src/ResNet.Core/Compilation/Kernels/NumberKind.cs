namespace ResNet.Compilation;

/// <summary>How the numbers of a map are stored.</summary>
internal enum NumberKind
{
    /// <summary>float: 4 bytes.</summary>
    Float32,

    /// <summary>The upper half of a float: 2 bytes.</summary>
    BFloat16,

    /// <summary>A byte that counts steps of the map's scale, from zero: for maps behind a ReLU. Weights are signed bytes.</summary>
    Int8,
}
