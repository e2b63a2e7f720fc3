namespace ResNet.Weights;

/// <summary>How names and shapes out of files look in messages.</summary>
internal static class ShapeText
{
    private const int LongestName = 100;

    public static string Of(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>Quotes a name; a hostile one must not fill the screen or move the cursor.</summary>
    public static string Quote(string name)
    {
        string shown = name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName), "…");
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c))}'";
    }
}
