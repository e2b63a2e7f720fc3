using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

/// <summary>What a compiled network keeps for the sizes of pictures that it has seen.</summary>
public sealed class CompiledPlansTests
{
    [SkippableFact]
    public void A_pass_over_pictures_of_a_size_seen_before_allocates_nothing()
    {
        const int ThreadCount = 2;
        var options = CompiledNetworks.Kinds["bottleneck"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = CompiledNetworks.Fused(model, threadCount: ThreadCount);
        var bytes = new TeamAllocations(ComputeTeam.Of(ThreadCount));
        float[] pictures = CompiledNetworks.Numbers(options, 3, 32, 32), logits = new float[3 * options.ClassCount];
        compiled.Forward(pictures, 32, 32, logits);
        long memory = compiled.MemorySize;
        DisposeScopeManager.Statistics.Reset();

        // The least of some runs: a lock makes what it sleeps on when somebody first sleeps on it, which may be late.
        Enumerable.Range(0, 10).Min(_ => BytesOfTwentyPasses()).Should().Be(0);
        compiled.MemorySize.Should().Be(memory);
        DisposeScopeManager.Statistics.CreatedOutsideScopeCount.Should().Be(0);

        long BytesOfTwentyPasses()
        {
            long before = bytes.Total();
            for (int i = 0; i < 20; i++)
            {
                compiled.Forward(pictures, 32, 32, logits);
            }

            return bytes.Total() - before;
        }
    }

    [SkippableFact]
    public void Plans_of_many_sizes_are_not_kept_for_ever()
    {
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = CompiledNetworks.Fused(model);
        Run(64, 64);
        long one = compiled.MemorySize;

        for (int size = 33; size < 64; size++)
        {
            Run(size, size);
        }

        compiled.MemorySize.Should().BeLessThan(9 * one);

        void Run(int height, int width) => compiled.Forward(CompiledNetworks.Numbers(options, 1, height, width), height, width, new float[options.ClassCount]);
    }

    [SkippableFact]
    public void A_size_that_comes_again_and_again_stays_planned()
    {
        const int ThreadCount = 2, LeastBytesOfAPlan = 1000;
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = CompiledNetworks.Fused(model, threadCount: ThreadCount);
        var bytes = new TeamAllocations(ComputeTeam.Of(ThreadCount));
        float[] pictures = CompiledNetworks.Numbers(options, 1, 64, 64), logits = new float[options.ClassCount];
        BytesOf(64).Should().BeGreaterThan(LeastBytesOfAPlan);

        for (int size = 33; size < 50; size++)
        {
            BytesOf(size).Should().BeGreaterThan(LeastBytesOfAPlan);
            BytesOf(64).Should().BeLessThan(LeastBytesOfAPlan);
        }

        long BytesOf(int size)
        {
            long before = bytes.Total();
            compiled.Forward(pictures.AsSpan(0, 3 * size * size), size, size, logits);
            return bytes.Total() - before;
        }
    }

    [SkippableFact]
    public void A_large_batch_gives_the_answers_of_its_pictures_alone()
    {
        var options = CompiledNetworks.Kinds["ResNet-18"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = CompiledNetworks.Fused(model);
        const int Count = 11;
        float[] pictures = CompiledNetworks.Numbers(options, Count, 224, 224), together = new float[Count * 10], alone = new float[Count * 10];

        compiled.Forward(pictures, 224, 224, together);

        for (int i = 0; i < Count; i++)
        {
            compiled.Forward(pictures.AsSpan(i * 3 * 224 * 224, 3 * 224 * 224), 224, 224, alone.AsSpan(i * 10, 10));
        }

        SelfCheck.Difference(torch.tensor(alone), torch.tensor(together)).Should().BeLessThan(1e-5);
    }
}
