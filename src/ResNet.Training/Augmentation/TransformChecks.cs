namespace ResNet.Training;

/// <summary>What the numbers of transforms must be.</summary>
internal static class TransformChecks
{
    public static double Probability(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be a number from 0 to 1.");

    public static int Size(int value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be at least 1.");

    public static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} must be a finite number of at least 0.");

    /// <summary>A range of areas, as shares of a picture's.</summary>
    public static (double Min, double Max) Share((double Min, double Max) value, string name) =>
        value is { Min: > 0, Max: <= 1 } && value.Min <= value.Max
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{name} must be a range within 0 (excluded) and 1, the smaller number first.");

    /// <summary>A range of aspect ratios.</summary>
    public static (double Min, double Max) Ratio((double Min, double Max) value, string name) =>
        value.Min > 0 && value.Min <= value.Max && double.IsFinite(value.Max)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{name} must be a range of finite numbers above 0, the smaller number first.");
}
