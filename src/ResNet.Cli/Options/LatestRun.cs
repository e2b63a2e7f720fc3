namespace ResNet.Cli;

/// <summary>The newest run under the current folder: named in advice, never taken unasked.</summary>
internal static class LatestRun
{
    private static readonly EnumerationOptions WhatCanBeRead = new() { IgnoreInaccessible = true };

    /// <summary>The path of its best weights; null where there is no run.</summary>
    public static string? Weights() => !Directory.Exists("runs")
        ? null
        : Directory.EnumerateDirectories("runs", "*", WhatCanBeRead)
            .Select(run => Path.Combine(run, "best.safetensors"))
            .Where(File.Exists)
            .MaxBy(File.GetLastWriteTimeUtc);
}
