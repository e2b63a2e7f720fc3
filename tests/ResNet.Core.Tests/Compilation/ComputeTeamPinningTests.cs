using ResNet.Compilation;
using ResNet.Runtime;

namespace ResNet.Core.Tests.Compilation;

public sealed class ComputeTeamPinningTests
{
    [SkippableTheory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Threads_of_a_team_keep_to_one_processor_each_unless_that_is_not_wanted(bool pins, int processorsEach)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.ProcessorCount > 1, "Threads are pinned on Linux, where there are several processors.");
        var work = new Look(Environment.ProcessorCount);

        ComputeTeam.Of(Environment.ProcessorCount, pins).Run(work);

        work.ProcessorCounts.Should().OnlyContain(count => pins ? count == processorsEach : count >= processorsEach);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData(" False ", false)]
    public void The_environment_says_whether_threads_are_pinned(string? value, bool isWanted)
    {
        string? old = Environment.GetEnvironmentVariable(ThreadPlacement.Variable);
        try
        {
            Environment.SetEnvironmentVariable(ThreadPlacement.Variable, value);

            ThreadPlacement.IsWanted.Should().Be(isWanted);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ThreadPlacement.Variable, old);
        }
    }

    [SkippableFact]
    public void The_option_gives_a_network_a_team_that_is_not_pinned_and_the_same_logits()
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var images = CompiledNetworks.Pictures(model.Options, 2, 32, 32);
        var options = new CompileOptions { SelfCheck = false };
        using var pinned = model.Compile(options with { PinThreads = true });
        using var free = model.Compile(options with { PinThreads = false });
        Skip.If(free.Report.Engine != CompiledEngine.Fused, "The fused engine is not there.");

        SelfCheck.Difference(pinned.Forward(images), free.Forward(images)).Should().Be(0);
    }

    /// <summary>Notes, for each thread of a team, how many processors it may run on.</summary>
    private sealed class Look(int threadCount) : TeamWork
    {
        private readonly CountdownEvent _all = new(threadCount);

        public int[] ProcessorCounts { get; } = new int[threadCount];

        public override int StepCount => 1;

        public override int ItemCount(int step) => ProcessorCounts.Length;

        public override void Run(int step, int item, WorkerScratch scratch)
        {
            string allowed = File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal)).Split('\t')[1];
            ProcessorCounts[item] = allowed.Replace(",", "", StringComparison.Ordinal).Sum(digit => System.Numerics.BitOperations.PopCount(Convert.ToUInt32(digit.ToString(), 16)));

            // Each thread takes one item.
            _all.Signal();
            _all.Wait();
        }
    }
}
