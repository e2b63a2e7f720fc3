using System.Diagnostics;
using System.Text;

namespace ResNet.Cli.Tests;

/// <summary>One run of the real program.</summary>
internal sealed class ResnetProcess : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly StringBuilder _errors = new();
    private readonly ManualResetEventSlim _errorsEnded = new();

    public ResnetProcess(string workingDirectory, params string[] args)
        : this(Program, workingDirectory, args)
    {
    }

    private ResnetProcess(string program, string workingDirectory, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginErrorReadLine();
    }

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "resnet.exe" : "resnet");

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public static (int ExitCode, string Output, string Errors) Run(params string[] args)
    {
        using var process = new ResnetProcess(Environment.CurrentDirectory, args);
        return process.Finish();
    }

    /// <summary>Starts the program as a shell does.</summary>
    /// <param name="workingDirectory">The current folder.</param>
    /// <param name="script">What the shell is told; in it, "$@" is the program with its arguments.</param>
    /// <param name="args">The arguments.</param>
    public static ResnetProcess InShell(string workingDirectory, string script, params string[] args) =>
        new("/bin/sh", workingDirectory, ["-c", script, "sh", Program, .. args]);

    public (int ExitCode, string Output, string Errors) Finish()
    {
        if (!_process.WaitForExit(Watchdog))
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException("The program did not end.");
        }

        _errorsEnded.Wait(Watchdog).Should().BeTrue("stderr is closed when the program has ended");
        return (_process.ExitCode, _output.GetAwaiter().GetResult(), Errors());
    }

    /// <summary>Ends it as the system does when memory or power runs out: nothing of it hears of it.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Returns once the program has said this on stderr.</summary>
    public void WaitForError(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Errors().Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited || watch.Elapsed > Watchdog)
            {
                throw new InvalidOperationException($"The program never said '{text}', but: {Errors()}");
            }

            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _errorsEnded.Set();
            return;
        }

        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString();
        }
    }
}
