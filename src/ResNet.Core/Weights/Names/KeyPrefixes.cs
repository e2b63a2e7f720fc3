namespace ResNet.Weights;

/// <summary>What wrappers put before every name: data parallelism, compilation, a network inside of another.</summary>
internal static class KeyPrefixes
{
    private static readonly string[] Usual = ["module.", "_orig_mod.", "model.", "net.", "network.", "backbone.", "resnet.", "encoder.", "bottom_up."];

    /// <summary>The longest row of usual prefixes that all names have in common; empty if none.</summary>
    public static string Common(IReadOnlyCollection<string> names)
    {
        string prefix = string.Empty;
        while (names.Count > 0 && Array.Find(Usual, usual => names.All(name => StartsWith(name, prefix, usual))) is { } next)
        {
            prefix += next;
        }

        return prefix;
    }

    private static bool StartsWith(string name, string before, string prefix) =>
        name.AsSpan(Math.Min(before.Length, name.Length)).StartsWith(prefix, StringComparison.Ordinal);
}
