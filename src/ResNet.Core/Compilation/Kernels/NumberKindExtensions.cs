namespace ResNet.Compilation;

/// <summary>What follows from how numbers are stored.</summary>
internal static class NumberKindExtensions
{
    /// <summary>Bytes of one number of a map.</summary>
    public static int Size(this NumberKind kind) => kind switch
    {
        NumberKind.Float32 => 4,
        NumberKind.BFloat16 => 2,
        _ => 1,
    };

    /// <summary>Factors that one instruction multiplies and adds up into one sum; packed weights keep so many rows together.</summary>
    public static int Depth(this NumberKind kind) => 4 / kind.Size();
}
