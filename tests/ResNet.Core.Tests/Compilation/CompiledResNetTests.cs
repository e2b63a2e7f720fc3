using System.Diagnostics;
using ResNet.Compilation;
using TorchSharp;

namespace ResNet.Core.Tests.Compilation;

public sealed class CompiledResNetTests
{
    private static readonly CompileOptions Unchecked = new() { SelfCheck = false };

    public static TheoryData<string> Networks { get; } = new(CompiledNetworks.Kinds.Keys);

    [SkippableTheory]
    [MemberData(nameof(Networks))]
    public void Fused_float32_computes_what_the_model_computes(string kind) => Compare(kind, CompilePrecision.Float32, CompiledEngine.Fused, 2e-5);

    [SkippableTheory]
    [MemberData(nameof(Networks))]
    public void Fused_bfloat16_computes_what_the_model_computes_up_to_its_rounding(string kind) => Compare(kind, CompilePrecision.BFloat16, CompiledEngine.Fused, 0.06);

    [Theory]
    [MemberData(nameof(Networks))]
    public void Folded_float32_computes_what_the_model_computes(string kind) => Compare(kind, CompilePrecision.Float32, CompiledEngine.Folded, 2e-5);

    [SkippableFact]
    public void Callers_on_many_threads_get_the_answers_of_one()
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = Fused(model);
        float[][] pictures = [.. Enumerable.Range(1, 8).Select(count => Numbers(options, count, 24 + count, 30))];
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
        using var compiled = Fused(model);
        float[] pictures = Numbers(options, 4, 32, 32), expected = new float[4 * options.ClassCount];
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
        using var alone = model.Compile(Unchecked with { Precision = precision, ThreadCount = 1 });
        Skip.If(alone.Report.Engine != CompiledEngine.Fused || alone.Report.Precision != precision, alone.Report.ToString());
        foreach (int threadCount in new[] { 2, 3, 5 })
        {
            using var shared = model.Compile(Unchecked with { Precision = precision, ThreadCount = threadCount });
            foreach (var (count, height, width) in new[] { (1, 64, 48), (5, 64, 48), (2, 224, 224) })
            {
                using var scope = torch.NewDisposeScope();
                var pictures = CompiledNetworks.Pictures(options, count, height, width);

                SelfCheck.Difference(alone.Forward(pictures), shared.Forward(pictures)).Should().BeLessThan(tolerance, $"{threadCount} threads took {count} of {width}x{height}");
            }
        }
    }

    [SkippableFact]
    public void A_pass_over_pictures_of_a_size_seen_before_allocates_nothing()
    {
        const int ThreadCount = 2;
        var options = CompiledNetworks.Kinds["bottleneck"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = Fused(model, ThreadCount);
        var bytes = new TeamAllocations(ComputeTeam.Of(ThreadCount));
        float[] pictures = Numbers(options, 3, 32, 32), logits = new float[3 * options.ClassCount];
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
        using var compiled = Fused(model);
        Run(64, 64);
        long one = compiled.MemorySize;

        for (int size = 33; size < 64; size++)
        {
            Run(size, size);
        }

        compiled.MemorySize.Should().BeLessThan(9 * one);

        void Run(int height, int width) => compiled.Forward(Numbers(options, 1, height, width), height, width, new float[options.ClassCount]);
    }

    [SkippableFact]
    public void A_size_that_comes_again_and_again_stays_planned()
    {
        const int ThreadCount = 2, LeastBytesOfAPlan = 1000;
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = Fused(model, ThreadCount);
        var bytes = new TeamAllocations(ComputeTeam.Of(ThreadCount));
        float[] pictures = Numbers(options, 1, 64, 64), logits = new float[options.ClassCount];
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
        using var compiled = Fused(model);
        const int Count = 11;
        float[] pictures = Numbers(options, Count, 224, 224), together = new float[Count * 10], alone = new float[Count * 10];

        compiled.Forward(pictures, 224, 224, together);

        for (int i = 0; i < Count; i++)
        {
            compiled.Forward(pictures.AsSpan(i * 3 * 224 * 224, 3 * 224 * 224), 224, 224, alone.AsSpan(i * 10, 10));
        }

        SelfCheck.Difference(torch.tensor(alone), torch.tensor(together)).Should().BeLessThan(1e-5);
    }

    [SkippableTheory]
    [InlineData("basic", CompilePrecision.Float32)]
    [InlineData("basic", CompilePrecision.BFloat16)]
    [InlineData("ResNet-18", CompilePrecision.Float32)]
    [InlineData("ResNet-18", CompilePrecision.BFloat16)]
    public void A_number_that_is_none_is_not_hidden(string kind, CompilePrecision precision)
    {
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked with { Precision = precision });
        Skip.If(compiled.Report.Engine != CompiledEngine.Fused || compiled.Report.Precision != precision, compiled.Report.ToString());
        float[] pictures = Numbers(options, 2, 32, 32), logits = new float[2 * options.ClassCount];

        // The one that the processor makes, and the one that CUDA does.
        foreach (float none in new[] { float.NaN, BitConverter.UInt32BitsToSingle(0x7FFF_FFFF) })
        {
            foreach (int place in new[] { 0, 100, 517, 1023 })
            {
                float before = pictures[place];
                pictures[place] = none;
                compiled.Forward(pictures, 32, 32, logits);
                pictures[place] = before;
                ShouldTell(logits, place);
            }
        }

        pictures.AsSpan(0, pictures.Length / 2).Fill(float.PositiveInfinity);
        compiled.Forward(pictures, 32, 32, logits);
        ShouldTell(logits, -1);

        void ShouldTell(float[] logits, int place)
        {
            logits.Take(options.ClassCount).Should().OnlyContain(value => float.IsNaN(value), $"pixel {place} is none");
            logits.Skip(options.ClassCount).Should().OnlyContain(value => float.IsFinite(value));
        }
    }

    [SkippableTheory]
    [InlineData("basic")]
    [InlineData("ResNet-18")]
    [InlineData("pre-activation")]
    public void A_weight_that_is_no_number_is_not_hidden(string kind)
    {
        var options = CompiledNetworks.Kinds[kind];
        float none = BitConverter.UInt32BitsToSingle(0x7FFF_FFFF);
        foreach (string name in new[] { "conv1.weight", "layer1.0.conv2.weight", "layer2.0.bn1.bias", "fc.weight", "fc.bias" })
        {
            using var model = CompiledNetworks.Build(options);
            using (torch.no_grad())
            {
                model.state_dict()[name].view(-1).narrow(0, 0, 1).fill_(none);
            }

            using var compiled = model.Compile(Unchecked with { Precision = CompilePrecision.BFloat16 });
            float[] logits = new float[options.ClassCount];
            compiled.Forward(Numbers(options, 1, 32, 32), 32, 32, logits);
            logits.Should().Contain(value => float.IsNaN(value), name);
        }
    }

    [Fact]
    public void Later_changes_of_the_model_change_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked);
        var pictures = CompiledNetworks.Pictures(options, 1, 32, 32);
        var before = compiled.Forward(pictures);
        using (torch.no_grad())
        {
            foreach (var parameter in model.parameters())
            {
                parameter.zero_();
            }
        }

        SelfCheck.Difference(before, compiled.Forward(pictures)).Should().Be(0);
    }

    [Fact]
    public void A_model_in_training_mode_is_compiled_as_in_evaluation_and_stays_in_training()
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds["basic"];
        using var model = CompiledNetworks.Build(options);
        var pictures = CompiledNetworks.Pictures(options, 2, 32, 32);
        var expected = model.call(pictures);
        model.train();

        using var compiled = model.Compile(new() { RemembersCheck = false, CheckHeight = 32, CheckWidth = 32 });

        SelfCheck.Difference(expected, compiled.Forward(pictures)).Should().BeLessThan(2e-5);
        model.training.Should().BeTrue();
    }

    [Fact]
    public void Tensors_that_are_no_pictures_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        using var compiled = model.Compile(Unchecked);

        FluentActions.Invoking(() => compiled.Forward(torch.zeros(1, 4, 8, 8))).Should().Throw<ArgumentException>().WithMessage("Pictures are N×3×H×W, each at least 1, but the tensor is 1×4×8×8.*");
        FluentActions.Invoking(() => compiled.Forward(torch.zeros(3, 8, 8))).Should().Throw<ArgumentException>().WithMessage("*the tensor is 3×8×8.*");
        FluentActions.Invoking(() => compiled.Forward(torch.zeros(0, 3, 8, 8))).Should().Throw<ArgumentException>().WithMessage("*the tensor is 0×3×8×8.*");
        FluentActions.Invoking(() => compiled.Forward(new float[100], 8, 8, new float[7])).Should().Throw<ArgumentException>().WithMessage("A picture of 8x8 has 192 numbers, and gives 7 logits; got 100 numbers and room for 7 logits.*");
        FluentActions.Invoking(() => compiled.Forward(new float[192], 8, 8, new float[8])).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_disposed_network_says_so(bool fused)
    {
        using var model = CompiledNetworks.Build(CompiledNetworks.Kinds["basic"]);
        var compiled = model.Compile(Unchecked with { AllowFused = fused });
        compiled.Dispose();
        compiled.Dispose();

        FluentActions.Invoking(() => compiled.Forward(new float[3 * 64], 8, 8, new float[7])).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Torch_runs_folded_weights_without_leaving_tensors_behind()
    {
        var options = CompiledNetworks.Kinds["A"];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked with { AllowFused = false });
        using var pictures = CompiledNetworks.Pictures(options, 2, 32, 32);
        compiled.Forward(pictures).Dispose();
        DisposeScopeManager.Statistics.Reset();

        compiled.Forward(pictures).Dispose();

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(0);
    }

    private static CompiledResNet Fused(ResNetModel model, int? threadCount = null)
    {
        var compiled = model.Compile(Unchecked with { ThreadCount = threadCount });
        Skip.If(compiled.Report.Engine != CompiledEngine.Fused, compiled.Report.ToString());
        return compiled;
    }

    private static float[] Numbers(ResNetOptions options, int count, int height, int width)
    {
        using var pictures = CompiledNetworks.Pictures(options, count, height, width);
        return pictures.data<float>().ToArray();
    }

    private static void Compare(string kind, CompilePrecision precision, CompiledEngine engine, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        var options = CompiledNetworks.Kinds[kind];
        using var model = CompiledNetworks.Build(options);
        using var compiled = model.Compile(Unchecked with { Precision = precision, AllowFused = engine == CompiledEngine.Fused });
        Skip.If(compiled.Report.Engine != engine || compiled.Report.Precision != precision, compiled.Report.ToString());
        model.to(torch.ScalarType.Float64);

        foreach (var (count, height, width) in new[] { (1, 32, 32), (3, 40, 33), (2, 17, 71), (1, 5, 3) })
        {
            var pictures = CompiledNetworks.Pictures(options, count, height, width);
            using var inference = torch.inference_mode();

            // In double: there are machines on which single float32 kernels of the model itself are wrong.
            var expected = model.call(pictures.to(torch.ScalarType.Float64));

            var actual = compiled.Forward(pictures);

            SelfCheck.Difference(expected, actual).Should().BeLessThan(tolerance, $"pictures are {count} of {width}x{height}");
        }
    }
}
