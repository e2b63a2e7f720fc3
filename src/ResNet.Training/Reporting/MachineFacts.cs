using System.Runtime.InteropServices;

namespace ResNet.Training;

/// <summary>The machine that a run is done on, as far as it matters to the figures; nothing that names its owner.</summary>
internal static class MachineFacts
{
    private const string LinuxFacts = "/proc/cpuinfo";

    /// <summary>For example "AMD EPYC 7B13, 2 cores".</summary>
    public static string Processor { get; } = Invariant($"{Model()}, {Environment.ProcessorCount} logical cores");

    /// <summary>For example "Debian GNU/Linux 12 (bookworm), .NET 10.0.1, TorchSharp 0.107.0".</summary>
    public static string Software { get; } =
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, TorchSharp {typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3)}";

    private static string Model()
    {
        const string name = "model name";
        string? line = File.Exists(LinuxFacts)
            ? File.ReadLines(LinuxFacts).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return line?.Split(':')[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
