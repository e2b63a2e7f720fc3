namespace ResNet.Cli.Tests;

public sealed class LostOutputTests : IDisposable
{
    private const string NoShell = "Windows has no such shell.";
    private const string NoFullDevice = "There is no /dev/full here.";
    private readonly TemporaryFolder _folder = new();

    public LostOutputTests() => PicturesOnDisk.WriteOne(_folder.PathTo("a.png"));

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("exec \"$@\" 2>/dev/full")]
    [InlineData("exec \"$@\" 2>&-")]
    [InlineData("exec \"$@\" <&-")]
    public void What_is_said_along_the_way_may_be_lost(string script)
    {
        SkipWithout(script);

        var (code, output, _) = Run(script, "classify", "a.png", "--top", "1");

        code.Should().Be(0);
        output.Should().StartWith("a.png");
    }

    [SkippableTheory]
    [InlineData("exec \"$@\" >/dev/full", "stdout: No space left on device", "classify", "a.png")]
    [InlineData("exec \"$@\" >/dev/full", "stdout: No space left on device", "summary", "resnet18", "--json")]
    [InlineData("exec \"$@\" >/dev/full", "stdout: No space left on device", "train", "--help")]
    [InlineData("exec \"$@\" >&-", "stdout: ", "summary", "resnet18")]
    public void A_result_that_is_lost_is_a_failure_that_is_named(string script, string message, params string[] args)
    {
        SkipWithout(script);

        var (code, _, errors) = Run(script, args);

        code.Should().Be(1, errors);
        errors.Should().Contain(message).And.NotContain("Unhandled").And.NotContain("fault of the program");
    }

    [SkippableTheory]
    [InlineData("classify", "a.png", "a.png")]
    [InlineData("summary", "resnet18", "--json")]
    public void A_reader_that_has_enough_ends_the_command_without_a_word(params string[] args)
    {
        SkipWithout(string.Empty);

        // The reader is gone before the program has started.
        var (_, _, errors) = Run("{ \"$@\"; echo \"code $?\" >&2; } | true", args);

        errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("Without --weights", StringComparison.Ordinal) && !line.StartsWith("engine:", StringComparison.Ordinal))
            .Should().Equal("code 141");
    }

    [SkippableTheory]
    [InlineData("exec \"$@\" >/dev/full 2>/dev/full")]
    [InlineData("exec \"$@\" >&- 2>&-")]
    [InlineData("{ \"$@\"; echo $? >code; } | true; exit $(cat code)")]
    public void Training_goes_on_to_its_end_whatever_becomes_of_its_output(string script)
    {
        SkipWithout(script);
        PicturesOnDisk.Write(_folder.PathTo("data"), 24, 12);

        var (code, _, errors) = Run(script, "train", "--data", "data", "--arch", "resnet8-cifar", "--iterations", "2", "--batch-size", "8", "--precision", "fp32", "--output", "run");

        code.Should().Be(0, errors);
        File.Exists(_folder.PathTo("run", "report.md")).Should().BeTrue();
    }

    [SkippableFact]
    public void Training_goes_on_when_its_terminal_is_gone_and_hangups_are_ignored()
    {
        Skip.IfNot(File.Exists("/usr/bin/python3"), "The terminal is made by Python (/usr/bin/python3).");
        PicturesOnDisk.Write(_folder.PathTo("data"), 24, 12);
        File.WriteAllText(_folder.PathTo("terminal.py"), """
            import os, pty, signal, sys
            child, terminal = pty.fork()
            if child == 0:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
                os.execvp(sys.argv[1], sys.argv[1:])
            said = b""
            while b"pictures to train on" not in said:
                said += os.read(terminal, 65536)
            os.close(terminal)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 255)
            """);

        var (code, _, errors) = Run(
            "exec /usr/bin/python3 terminal.py \"$@\"", "train", "--data", "data", "--arch", "resnet8-cifar", "--epochs", "8", "--batch-size", "8", "--precision", "fp32", "--output", "run");

        code.Should().Be(0, errors);
        File.Exists(_folder.PathTo("run", "report.md")).Should().BeTrue();
    }

    private static void SkipWithout(string script)
    {
        Skip.If(OperatingSystem.IsWindows(), NoShell);
        Skip.If(script.Contains("/dev/full", StringComparison.Ordinal) && !File.Exists("/dev/full"), NoFullDevice);
    }

    private (int ExitCode, string Output, string Errors) Run(string script, params string[] args)
    {
        using var process = ResnetProcess.InShell(_folder.Root, script, args);
        return process.Finish();
    }
}
