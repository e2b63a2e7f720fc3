namespace ResNet.Cli;

/// <summary>Names on the command line that .NET could not read: bytes that are not UTF-8 become U+FFFD.</summary>
internal static class LostName
{
    /// <summary>What to add to the message that there is nothing of a name; empty where the name was read.</summary>
    public static string Remark(string path) => path.Contains('\uFFFD', StringComparison.Ordinal)
        ? " Its name holds bytes that are not UTF-8, so .NET cannot open it; rename it."
        : string.Empty;
}
