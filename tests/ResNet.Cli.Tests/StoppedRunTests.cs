using System.Diagnostics;

namespace ResNet.Cli.Tests;

public sealed class StoppedRunTests
{
    [SkippableTheory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_in_a_checkpoint_from_which_the_run_goes_on_as_if_nothing_had_been(string signal, int exitCode)
    {
        Signals.SkipUnlessHeard(signal);

        // No checkpoint but those at the ends of epochs, of 13 iterations each, and the one of the signal.
        using var runs = new ComparedRuns(iterations: 60, checkpointIterations: 1000);
        runs.RunWhole();
        using (var process = runs.GoOn())
        {
            var watch = Stopwatch.StartNew();
            while (runs.NewestIteration() == 0)
            {
                watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2), "an epoch should have ended");
                Thread.Sleep(1);
            }

            int before = runs.NewestIteration();
            process.Send(signal);

            var (code, output, errors) = process.Finish();
            code.Should().Be(exitCode, errors);
            runs.NewestIteration().Should().BeInRange(before, 59, "it was stopped before its end, and saved what it had");
            (output + errors).Should().Contain($"train --resume {runs.Disturbed}");
            Directory.GetFiles(runs.Disturbed, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty();
        }

        using var resumed = runs.GoOn();
        resumed.Finish().ExitCode.Should().Be(0);
        runs.ShouldBeTheSame();
    }
}
