using System.Diagnostics;

namespace ResNet.Cli.Tests;

/// <summary>One run of the real program.</summary>
internal sealed class ResnetProcess : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public ResnetProcess(params string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "resnet.exe" : "resnet"), args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public static (int ExitCode, string Output, string Errors) Run(params string[] args)
    {
        using var process = new ResnetProcess(args);
        return process.Finish();
    }

    public (int ExitCode, string Output, string Errors) Finish()
    {
        if (!_process.WaitForExit(Watchdog))
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException("The program did not end.");
        }

        return (_process.ExitCode, _output.GetAwaiter().GetResult(), _errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
