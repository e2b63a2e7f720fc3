using ResNet.Runtime;

namespace ResNet.Core.Tests.Runtime;

public sealed class ThreadPlacementTests
{
    [SkippableFact]
    public void As_many_threads_as_processors_get_one_each()
    {
        int processors = CountOfProcessors();

        string[] own = [.. Enumerable.Range(0, processors).Select(member => OnThread(() => ThreadPlacement.Bind(member, processors)).Processors)];

        own.Should().OnlyHaveUniqueItems().And.OnlyContain(processor => processor.All(char.IsAsciiDigit));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Fewer_or_more_threads_stay_free(int more)
    {
        int processors = CountOfProcessors();
        string before = OnThread(() => false).Processors;

        OnThread(() => ThreadPlacement.Bind(0, processors + more)).Should().Be((false, before));
    }

    [SkippableFact]
    public void Threads_started_by_one_that_OpenMP_has_bound_get_processors_of_their_own_all_the_same()
    {
        int processors = CountOfProcessors();
        Skip.If(processors < 2, "There is one processor only.");

        (bool, string) AsOneStartedByABoundThread(Func<bool> bind) => OnThread(() => ThreadPlacement.Bind(0, processors) && bind());

        AsOneStartedByABoundThread(() => ThreadPlacement.Bind(processors - 1, processors)).Should().Be(OnThread(() => ThreadPlacement.Bind(processors - 1, processors)));
        AsOneStartedByABoundThread(() => !ThreadPlacement.Bind(0, processors + 1)).Should().Be(OnThread(() => true));
    }

    private static int CountOfProcessors()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Threads are bound on Linux only.");
        int count = Environment.ProcessorCount;
        Skip.IfNot(OnThread(() => ThreadPlacement.Bind(0, count)).Bound, "The process may not bind threads, or its processors are limited by time and not by number.");
        return count;
    }

    /// <summary>On a thread that ends at once: the other tests' stay free.</summary>
    private static (bool Bound, string Processors) OnThread(Func<bool> bind)
    {
        (bool, string) result = default;
        var thread = new Thread(() =>
        {
            bool bound = bind();
            result = (bound, File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1]);
        });
        thread.Start();
        thread.Join();
        return result;
    }
}
