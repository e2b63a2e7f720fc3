using System.Diagnostics;
using System.Globalization;

namespace ResNet.Cli.Tests;

/// <summary>Sends running programs the signals of Ctrl+C (INT), of a terminal that closes (HUP) and of a system that shuts down (TERM).</summary>
internal static class Signals
{
    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal) { ["HUP"] = 1, ["INT"] = 2, ["TERM"] = 15 };

    /// <summary>Skips the test where the programs that it starts would never hear of the signal.</summary>
    public static void SkipUnlessHeard(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals to send.");
        Skip.If(IsIgnored(signal), $"The tests were started so that programs ignore SIG{signal} (by '&' in a script, or by nohup); start them in the foreground.");
    }

    public static void Send(this ResnetProcess process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>What is ignored stays ignored in the programs that a program starts.</summary>
    private static bool IsIgnored(string signal)
    {
        const string status = "/proc/self/status", ignored = "SigIgn:";
        return File.Exists(status)
            && File.ReadLines(status).FirstOrDefault(line => line.StartsWith(ignored, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line[ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (Numbers[signal] - 1))) != 0;
    }
}
