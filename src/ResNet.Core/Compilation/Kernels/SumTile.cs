namespace ResNet.Compilation;

/// <summary>A tile of sums and where it goes. Row lengths are in numbers.</summary>
internal unsafe struct SumTile
{
    /// <summary>Sums: float, or int for <see cref="NumberKind.Int8"/>.</summary>
    public float* Sums;

    /// <summary>From one row of sums to the next.</summary>
    public int SumStride;

    public int Rows;

    public int Columns;

    /// <summary>A number for each column, padded to whole vectors.</summary>
    public float* Bias;

    /// <summary>For integer sums, and for results that are bytes: what 1 in each column's sum is worth, in steps of the result.</summary>
    public float* Scale;

    /// <summary>Where the first number of the tile goes.</summary>
    public void* Target;

    /// <summary>What is added before the activation, laid out as the target; null where nothing is.</summary>
    public void* Shortcut;

    /// <summary>For results that are bytes: what 1 in the shortcut is worth, in steps of the result.</summary>
    public float ShortcutScale;

    /// <summary>From one row of the target to the next.</summary>
    public long TargetStride;

    /// <summary>The least value that stays: 0 for a ReLU, -∞ for none.</summary>
    public float Floor;
}
