using System.Diagnostics;

namespace ResNet.TestSupport;

/// <summary>Python with PyTorch, where the machine has it: the judge of files that Python is to read.</summary>
public static class PythonTorch
{
    public const string WhySkipped = "needs Python with torch and torchvision (on Debian: python3-torch, python3-torchvision)";

    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(3);
    private static readonly Lazy<string?> Interpreter = new(Find);

    public static bool Exists => Interpreter.Value is not null;

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What it wrote on stdout.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote on stderr.</exception>
    public static string Run(string script, params string[] args)
    {
        string python = Interpreter.Value ?? throw new InvalidOperationException(WhySkipped);
        var (code, output, errors) = Start(python, [script, .. args]);
        return code == 0 ? output : throw new InvalidOperationException($"{script} ended with {code}: {errors}");
    }

    // The distribution's own first: a python3 found on the path may be another one, without its packages.
    private static string? Find() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasTorch);

    private static bool HasTorch(string python)
    {
        try
        {
            return Start(python, ["-c", "import torch, torchvision"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output, string Errors) Start(string python, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(python, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Watchdog))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{python} did not end.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
