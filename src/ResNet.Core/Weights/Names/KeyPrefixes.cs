namespace ResNet.Weights;

/// <summary>What wrappers put before every name: data parallelism, compilation, a network inside of another.</summary>
internal static class KeyPrefixes
{
    /// <summary>More networks than this lie in no checkpoint; each costs a look at all names.</summary>
    private const int MaxNetworks = 8;

    private static readonly string[] Usual = ["module.", "_orig_mod.", "model.", "net.", "network.", "backbone.", "resnet.", "encoder.", "bottom_up."];

    /// <summary>What the first convolution is called by those whose names are known; no other name of a network ends so but a block's first.</summary>
    private static readonly string[] FirstNames = ["conv1.weight", "stem.conv1.weight", "stem.conv.weight", "embedder.embedder.convolution.weight", "conv1_w"];

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

    /// <summary>Under what names a network seems to begin, whatever the prefix is: <c>model.</c> of a checkpoint with <c>criterion.weight</c> beside it.</summary>
    public static IReadOnlyList<string> OfNetworks(IEnumerable<string> names) =>
        [.. names.SelectMany(name => FirstNames.Where(first => name.EndsWith(first, StringComparison.Ordinal)).Select(first => name[..^first.Length]))
            .Where(prefix => prefix is [.., not ('0' or '1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9'), '.'])
            .Distinct(StringComparer.Ordinal).Take(MaxNetworks)];

    private static bool StartsWith(string name, string before, string prefix) =>
        name.AsSpan(Math.Min(before.Length, name.Length)).StartsWith(prefix, StringComparison.Ordinal);
}
