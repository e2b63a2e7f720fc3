using System.Diagnostics;
using ResNet.Weights;

namespace ResNet.Cli.Tests;

public sealed class StopTests
{
    [SkippableTheory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_stops_training_after_saving_the_weights(string signal, int exitCode)
    {
        Signals.SkipUnlessHeard(signal);
        using var folder = new TemporaryFolder();
        using var process = new ResnetProcess(folder.Root, "train", "--arch", "resnet8-cifar", "--epochs", "1000", "--output", folder.PathTo("run"));
        WaitFor(() => File.Exists(folder.PathTo("run", "metrics.csv")));

        process.Send(signal);

        var (code, output, errors) = process.Finish();
        code.Should().Be(exitCode, errors);
        output.Should().Contain("Stopped.").And.Contain($"train --resume {folder.PathTo("run")}").And.Contain(folder.PathTo("run", "last.safetensors"));
        using var saved = ModelFile.Load(folder.PathTo("run", "last.safetensors"), out var description);
        description.Options.Depth.Should().Be(8);
        Directory.GetFiles(folder.PathTo("run"), "*.tmp").Should().BeEmpty();
    }

    [SkippableFact]
    public void A_hangup_that_is_ignored_stops_nothing()
    {
        Signals.SkipUnlessHeard("TERM");
        using var folder = new TemporaryFolder();
        PicturesOnDisk.Write(folder.PathTo("data"), 24, 12);
        using var process = ResnetProcess.InShell(
            folder.Root, "trap '' HUP; exec \"$@\"", "train", "--data", "data", "--arch", "resnet8-cifar", "--epochs", "100000", "--precision", "fp32", "--output", folder.PathTo("run"));
        WaitFor(() => File.Exists(folder.PathTo("run", "metrics.csv")));
        long lines = new FileInfo(folder.PathTo("run", "metrics.csv")).Length;

        process.Send("HUP");

        WaitFor(() => new FileInfo(folder.PathTo("run", "metrics.csv")).Length > lines);
        process.Send("TERM");
        process.Finish().ExitCode.Should().Be(143);
    }

    [SkippableFact]
    public void A_terminal_that_closes_may_hang_up_twice()
    {
        Signals.SkipUnlessHeard("HUP");
        using var folder = new TemporaryFolder();
        using var process = new ResnetProcess(folder.Root, "train", "--arch", "resnet8-cifar", "--epochs", "1000", "--output", folder.PathTo("run"));
        WaitFor(() => File.Exists(folder.PathTo("run", "metrics.csv")));

        process.Send("HUP");
        process.Send("HUP");

        var (code, output, errors) = process.Finish();
        code.Should().Be(129, errors);
        output.Should().Contain("Stopped.");
    }

    private static void WaitFor(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2), "the run should have finished an epoch");
            Thread.Sleep(100);
        }
    }
}
