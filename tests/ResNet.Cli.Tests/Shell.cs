using System.Diagnostics;

namespace ResNet.Cli.Tests;

/// <summary>Lines of a shell that start the real program, as <c>"$R"</c>.</summary>
internal static class Shell
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(3);

    /// <summary>Runs a line of bash; <c>$1</c>, <c>$2</c> are the arguments.</summary>
    public static (int ExitCode, string Output, string Errors) Run(string folder, string script, params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "There is no bash.");
        var start = new ProcessStartInfo("/bin/bash", ["-c", script, "bash", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["R"] = Path.Combine(AppContext.BaseDirectory, "resnet") },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Watchdog))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("The program did not end.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
