using ResNet.Compilation;
using ResNet.Core.Tests.Weights;
using ResNet.Inference;

namespace ResNet.Core.Tests.Inference;

/// <summary>Callers that wait for the network keep no thread of the pool.</summary>
public sealed class ClassifierThreadsTests
{
    private const int CallerCount = 200;

    /// <summary>So many that no other test has a team like it.</summary>
    private const int TeamSize = 3;

    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(20);

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_two_hundred_calls_wait_for_the_network_other_work_and_timers_are_served(bool inBulk)
    {
        using var images = new ClassifierPictures();
        var engine = EngineOptions.Auto with { Compile = new CompileOptions { ThreadCount = TeamSize } };
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path, engine: engine);
        Skip.If(classifier.Engine.Compiled?.Engine != CompiledEngine.Fused, "The fused engine is not there.");
        string path = images.File(1);
        using var held = new HeldTeam(ComputeTeam.Of(TeamSize));

        Task[] calls = [.. Enumerable.Range(0, CallerCount).Select(_ => inBulk ? First(classifier.ClassifyAsync([path])) : classifier.ClassifyAsync(path))];
        var other = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(_ => other.SetResult(), null);
        var rings = new TaskCompletionSource();
        await using var timer = new Timer(_ => rings.TrySetResult(), null, 1, Timeout.Infinite);

        await Task.WhenAll(other.Task, rings.Task).WaitAsync(Watchdog);

        calls.Should().OnlyContain(call => !call.IsCompleted);
        held.Release();
        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromMinutes(2));
    }

    private static async Task First(IAsyncEnumerable<ImagePrediction> predictions)
    {
        await foreach (var prediction in predictions)
        {
            prediction.Error.Should().BeNull();
        }
    }

    /// <summary>Keeps a team at work until it is released: whoever wants it waits.</summary>
    private sealed class HeldTeam : TeamWork, IDisposable
    {
        private readonly ManualResetEventSlim _release = new();
        private readonly ManualResetEventSlim _begun = new();
        private readonly Thread _thread;

        public HeldTeam(ComputeTeam team)
        {
            _thread = new Thread(() => team.Run(this));
            _thread.Start();
            _begun.Wait();
        }

        public override int StepCount => 1;

        public override int ItemCount(int step) => 1;

        public override void Run(int step, int item, WorkerScratch scratch)
        {
            _begun.Set();
            _release.Wait();
        }

        public void Release() => _release.Set();

        public void Dispose()
        {
            Release();
            _thread.Join();
        }
    }
}
