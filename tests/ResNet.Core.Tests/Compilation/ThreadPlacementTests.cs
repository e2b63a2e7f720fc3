using ResNet.Compilation;

namespace ResNet.Core.Tests.Compilation;

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
