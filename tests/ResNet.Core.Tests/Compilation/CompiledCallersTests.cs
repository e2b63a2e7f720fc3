using System.Diagnostics;
using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

/// <summary>Many callers, and many threads of one pass.</summary>
public sealed class CompiledCallersTests
{
    [SkippableFact]
    public void Callers_on_many_threads_get_the_answers_of_one()
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = CompiledNetworks.Fused(model);
        float[][] pictures = [.. Enumerable.Range(1, 8).Select(count => CompiledNetworks.Numbers(options, count, 24 + count, 30))];
        float[][] expected = [.. pictures.Select((_, index) => Answer(index))];

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, call => Answer(call % 8).Should().Equal(expected[call % 8]));

        float[] Answer(int index)
        {
            float[] logits = new float[(index + 1) * options.ClassCount];
            compiled.Forward(pictures[index], 25 + index, 30, logits);
            return logits;
        }
    }

    [SkippableFact]
    public void Callers_that_are_interrupted_get_their_answers_all_the_same()
    {
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = CompiledNetworks.Fused(model);
        float[] pictures = CompiledNetworks.Numbers(options, 4, 32, 32), expected = new float[4 * options.ClassCount];
        compiled.Forward(pictures, 32, 32, expected);
        int wrong = 0, interrupted = 0;
        var callers = Enumerable.Range(0, 3).Select(_ => new Thread(Ask) { IsBackground = true }).ToList();

        callers.ForEach(caller => caller.Start());
        for (var watch = Stopwatch.StartNew(); callers.Exists(caller => caller.IsAlive) && watch.Elapsed < TimeSpan.FromMinutes(1); Thread.Sleep(1))
        {
            callers.ForEach(caller => caller.Interrupt());
        }

        callers.Should().NotContain(caller => caller.IsAlive, "nobody waits for ever");
        wrong.Should().Be(0);
        interrupted.Should().BePositive();

        void Ask()
        {
            float[] logits = new float[expected.Length];
            for (int call = 0; call < 300; call++)
            {
                try
                {
                    compiled.Forward(pictures, 32, 32, logits);
                    Interlocked.Add(ref wrong, logits.AsSpan().SequenceEqual(expected) ? 0 : 1);
                    Thread.Sleep(0);
                }
                catch (ThreadInterruptedException)
                {
                    Interlocked.Increment(ref interrupted);
                }
            }
        }
    }

    [SkippableTheory]
    [InlineData("wide", CompilePrecision.Float32, 1e-5)]
    [InlineData("wide", CompilePrecision.BFloat16, 0.01)]
    [InlineData("ResNet-18", CompilePrecision.Float32, 1e-5)]
    [InlineData("ResNet-18", CompilePrecision.BFloat16, 0.01)]
    public void However_many_threads_share_the_work_the_answers_are_the_same(string kind, CompilePrecision precision, double tolerance)
    {
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        using var alone = CompiledNetworks.Fused(model, precision, threadCount: 1);
        foreach (int threadCount in new[] { 2, 3, 5 })
        {
            using var shared = CompiledNetworks.Fused(model, precision, threadCount);
            foreach (var (count, height, width) in new[] { (1, 64, 48), (5, 64, 48), (2, 224, 224) })
            {
                using var scope = torch.NewDisposeScope();
                var pictures = CompiledNetworks.Pictures(options, count, height, width);

                SelfCheck.Difference(alone.Forward(pictures), shared.Forward(pictures)).Should().BeLessThan(tolerance, $"{threadCount} threads took {count} of {width}x{height}");
            }
        }
    }
}
