using FluentAssertions;
using TorchSharp;

namespace ResNet.TestSupport;

/// <summary>Counts the tensors of this thread that an action leaves undisposed.</summary>
public static class LiveTensors
{
    public static long LeftBy(Action action)
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        action();
        return statistics.ThreadTotalLiveCount;
    }

    public static void ShouldBeLeftBy(Action action, long count, string because = "") =>
        LeftBy(action).Should().Be(count, because);
}
