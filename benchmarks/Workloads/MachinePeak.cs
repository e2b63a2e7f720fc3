using System.Diagnostics;
using System.Runtime.InteropServices;
using ResNet.Compilation;
using ResNet.Runtime;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Products and sums that all threads together do in a second at most, in GFLOP/s: small matrices that stay in the first caches, again and again.</summary>
internal sealed unsafe class MachinePeak(string kind) : IWorkload
{
    public const string Kind = "peak";

    /// <summary>The name of its measurements; variants are the numbers.</summary>
    public const string Name = "peak of the machine";

    private const int Rows = 60;
    private const int Columns = 64;
    private const int Depth = 256;
    private const double Seconds = 0.5;

    public static IEnumerable<Measurement> Measurements() =>
        from kind in new[] { NumberKind.Float32, NumberKind.BFloat16, NumberKind.Int8 }
        select new Measurement(
            Name, kind switch { NumberKind.Float32 => Contestant.Float32, NumberKind.BFloat16 => Contestant.BFloat16, _ => Contestant.Int8 }, "GFLOP/s", [Kind, kind.ToString()]);

    public double Run()
    {
        TorchRuntime.EnsureLoaded();
        var numbers = Enum.Parse<NumberKind>(kind);
        double[] rates = new double[InferenceNetworks.ThreadCount];
        using var start = new Barrier(rates.Length);
        var threads = Enumerable.Range(0, rates.Length).Select(index => new Thread(() => rates[index] = Rate(numbers, start))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return rates.Sum();
    }

    private static double Rate(NumberKind kind, Barrier start)
    {
        nuint size = Rows * Depth * sizeof(float) * 2;
        byte* a = (byte*)NativeMemory.AlignedAlloc(size, 64), b = (byte*)NativeMemory.AlignedAlloc(size, 64), c = (byte*)NativeMemory.AlignedAlloc(size, 64);
        NativeMemory.Clear(a, size);
        NativeMemory.Clear(b, size);
        var multiply = BlockProduct.Find(kind);
        byte isPacked = BlockProduct.IsPacked(kind);
        double best = 0;
        start.SignalAndWait();
        for (int round = 0; round < 5; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            long count = 0;
            for (; Stopwatch.GetElapsedTime(begin).TotalSeconds < Seconds; count += 100)
            {
                for (int i = 0; i < 100; i++)
                {
                    multiply(Rows, Columns, Depth, Depth, Columns, Columns, 0, a, b, c, isPacked);
                }
            }

            best = Math.Max(best, 2.0 * Rows * Columns * Depth * count / Stopwatch.GetElapsedTime(begin).TotalSeconds / 1e9);
        }

        NativeMemory.AlignedFree(a);
        NativeMemory.AlignedFree(b);
        NativeMemory.AlignedFree(c);
        return best;
    }
}
