using System.Diagnostics;

namespace ResNet.Cli.Tests;

/// <summary>The script that tries a GPU says clearly that there is none.</summary>
public sealed class CheckCudaScriptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("exit 9")]
    [InlineData("echo 'No devices were found'")]
    [InlineData("echo 'NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.'; exit 9")]
    public void Without_a_GPU_it_is_skipped_with_a_code_and_a_sentence_of_its_own(string driver)
    {
        var (code, output) = Run(driver);

        code.Should().Be(77);
        output.Trim().Should().Be("check-cuda.sh: skipped: nvidia-smi shows no NVIDIA GPU here; --device cpu tries the script without one");
    }

    [SkippableFact]
    public void An_unknown_option_is_wrong_usage()
    {
        var (code, output) = Run("exit 9", "--devise", "cpu");

        code.Should().Be(2);
        output.Should().Contain("unknown option --devise");
    }

    private (int Code, string Output) Run(string driver, params string[] args)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "The script is for Linux.");
        string tool = _folder.PathTo("nvidia-smi");
        File.WriteAllText(tool, $"#!/bin/sh\n{driver}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec bash eng/check-cuda.sh \"$@\" 2>&1", "check", .. args]) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Repository.Root };
        start.Environment["PATH"] = $"{_folder.Root}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
