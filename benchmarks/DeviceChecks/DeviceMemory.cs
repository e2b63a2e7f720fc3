using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace ResNet.Benchmarks.DeviceChecks;

/// <summary>Memory that this process holds on a device.</summary>
internal static class DeviceMemory
{
    /// <summary>Of a GPU as its driver counts it, since libtorch's own figures are not to be had from .NET; on the CPU what is resident.</summary>
    public static double MiB(Device device)
    {
        if (device.type != DeviceType.CUDA)
        {
            return Environment.WorkingSet / 1024.0 / 1024.0;
        }

        using var program = Process.Start(new ProcessStartInfo("nvidia-smi", ["--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string[] lines = program.StandardOutput.ReadToEnd().Split('\n');
        program.WaitForExit();
        string own = FormattableString.Invariant($"{Environment.ProcessId},");
        string? line = Array.Find(lines, line => line.StartsWith(own, StringComparison.Ordinal));

        // In a container the driver may not know this process by its number; then all that is used on the GPU stands for it.
        return line is not null ? double.Parse(line[own.Length..], CultureInfo.InvariantCulture) : Used();
    }

    private static double Used()
    {
        using var program = Process.Start(new ProcessStartInfo("nvidia-smi", ["--query-gpu=memory.used", "--format=csv,noheader,nounits"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string first = program.StandardOutput.ReadToEnd().Split('\n')[0];
        program.WaitForExit();
        return double.Parse(first, CultureInfo.InvariantCulture);
    }
}
