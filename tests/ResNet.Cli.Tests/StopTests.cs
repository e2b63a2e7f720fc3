using System.Diagnostics;
using ResNet.Weights;

namespace ResNet.Cli.Tests;

public sealed class StopTests
{
    [SkippableTheory]
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
