using System.Diagnostics;
using System.Globalization;

namespace ResNet.Cli.Tests;

/// <summary>Sends running programs the signals of Ctrl+C (INT) and of a system that shuts down (TERM).</summary>
internal static class Signals
{
    private const ulong InterruptBit = 1UL << 1;

    /// <summary>Skips the test where the programs that it starts would never hear of the signal.</summary>
    public static void SkipUnlessHeard(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such signals to send.");
        Skip.If(signal == "INT" && IgnoresInterrupts(), "The tests were started in the background (by '&' in a script), where a shell has programs ignore Ctrl+C; start them in the foreground.");
    }

    public static void Send(this ResnetProcess process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>What is ignored stays ignored in the programs that a program starts.</summary>
    private static bool IgnoresInterrupts()
    {
        const string status = "/proc/self/status", ignored = "SigIgn:";
        return File.Exists(status)
            && File.ReadLines(status).FirstOrDefault(line => line.StartsWith(ignored, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line[ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & InterruptBit) != 0;
    }
}
