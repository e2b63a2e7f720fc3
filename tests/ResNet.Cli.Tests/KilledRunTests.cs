using System.Diagnostics;
using Xunit.Abstractions;

namespace ResNet.Cli.Tests;

public sealed class KilledRunTests(ITestOutputHelper log) : IDisposable
{
    private const int KillCount = 12;
    private const int MostIterationsOfALife = 12;

    // More than the processes can do before they are killed, however fast the machine.
    private readonly ComparedRuns _runs = new(iterations: 200, checkpointIterations: 1);
    private readonly Random _random = new(0);

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Killed_at_twelve_moments_and_resumed_a_run_ends_the_same_to_the_last_bit()
    {
        _runs.RunWhole();

        int inWriting = 0;
        for (int kill = 0; kill < KillCount; kill++)
        {
            inWriting += Kill(kill) ? 1 : 0;
        }

        log.WriteLine($"{inWriting} of {KillCount} left a file half written");
        inWriting.Should().BePositive();
        using var last = _runs.GoOn();
        var (code, _, errors) = last.Finish();
        code.Should().Be(0, errors);
        _runs.ShouldBeTheSame();
        Directory.GetFiles(_runs.Disturbed, "*.tmp", SearchOption.AllDirectories).Should().BeEmpty("what was half written is removed");
    }

    /// <summary>One life of the run.</summary>
    /// <returns>Whether it was killed while it wrote a file.</returns>
    private bool Kill(int kill)
    {
        int enough = _runs.NewestIteration() + _random.Next(1, MostIterationsOfALife);
        string[] before = HalfWritten();
        using var process = _runs.GoOn();
        var watch = Stopwatch.StartNew();
        int moment = _random.Next(2000);
        if (kill % 4 == 0)
        {
            // Whatever the program does then: starting, reading pictures, training.
            WaitUntil(process, () => watch.ElapsedMilliseconds >= moment || _runs.NewestIteration() >= enough);
        }
        else
        {
            WaitUntil(process, () => _runs.NewestIteration() >= enough);
            watch.Restart();
            WaitUntil(process, () => kill % 4 == 1 ? watch.ElapsedMilliseconds >= moment / 40 : HalfWritten().Except(before).Any());
        }

        process.Kill();
        log.WriteLine($"killed after checkpoint {_runs.NewestIteration()}");
        return HalfWritten().Except(before).Any();
    }

    private string[] HalfWritten() =>
        Directory.Exists(_runs.Disturbed) ? Directory.GetFiles(_runs.Disturbed, ".*.tmp", SearchOption.AllDirectories) : [];

    private static void WaitUntil(ResnetProcess process, Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            process.HasExited.Should().BeFalse("it has not been killed yet");
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2), "it should have gone on");
            Thread.Sleep(1);
        }
    }
}
