using ResNet.TestSupport.Fuzzing;

namespace ResNet.Core.Tests.Weights;

/// <summary>A fuzz program that finds nothing must not be one that cannot find anything.</summary>
public sealed class FuzzRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Results_are_counted_and_findings_kept()
    {
        var run = Run(number => number % 2 == 0 ? new FuzzOutcome(FuzzOutcome.Read, 5) : new FuzzOutcome("IOException", 7, "threw"));

        var report = run.Run();

        report.CountOf(FuzzOutcome.Read).Should().Be(5);
        report.CountOf("IOException").Should().Be(5);
        report.Findings.Should().HaveCount(5).And.OnlyContain(finding => finding.Contains("of a file threw", StringComparison.Ordinal));
        File.ReadAllBytes(_folder.PathTo("mutant3.bin")).Should().Equal(3);
    }

    [Fact]
    public void A_mutant_that_computes_for_too_long_is_a_finding()
    {
        var run = Run(number =>
        {
            for (var clock = System.Diagnostics.Stopwatch.StartNew(); number == 2 && clock.ElapsedMilliseconds < 30_000;)
            {
            }

            return new FuzzOutcome(FuzzOutcome.Read, 0);
        });

        run.Run().Findings.Should().ContainSingle().Which.Should().Contain("mutant 2 of a file was still being read");
    }

    [Fact]
    public void A_mutant_that_waits_for_ever_is_a_finding()
    {
        using var never = new ManualResetEventSlim();
        var run = Run(number =>
        {
            never.Wait(number == 2 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero);
            return new FuzzOutcome(FuzzOutcome.Read, 0);
        });

        run.Run().Findings.Should().ContainSingle().Which.Should().Contain("mutant 2 of a file was still being read");
        never.Set();
    }

    public void Dispose() => _folder.Dispose();

    private FuzzRun Run(Func<long, FuzzOutcome> outcome) =>
        new() { Target = new Target(outcome), Count = 10, WorkerCount = 2, MaxTime = TimeSpan.FromMilliseconds(100), Findings = _folder.Root };

    private sealed class Target(Func<long, FuzzOutcome> outcome) : IFuzzTarget
    {
        public string Seeds => "a file";

        public FuzzMutant Mutant(long number) => new(number, "a file", [(byte)number]);

        public FuzzOutcome Read(FuzzMutant mutant) => outcome(mutant.Number);
    }
}
