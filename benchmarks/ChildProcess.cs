using System.Diagnostics;

namespace ResNet.Benchmarks;

/// <summary>Runs this program again: allocator, thread and OpenMP settings belong to a process.</summary>
internal static class ChildProcess
{
    public const string ResultPrefix = "result ";

    public static async Task<double> RunAsync(Measurement measurement, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["child", .. measurement.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // For both sides of a comparison: busy waiting would measure what else runs on the machine.
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            string output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            string? line = output.Split('\n').LastOrDefault(text => text.StartsWith(ResultPrefix, StringComparison.Ordinal));
            return process.ExitCode == 0 && line is not null
                ? double.Parse(line.AsSpan(ResultPrefix.Length))
                : throw new InvalidOperationException(
                    $"{measurement.Name} ({measurement.Variant}) ended with code {process.ExitCode} and no result: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
