using System.Diagnostics;
using ResNet.Runtime;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Milliseconds of a forward pass at 224x224: the median of many, warmed up.</summary>
internal sealed class InferenceTime(string network, string batch, string variant) : IWorkload
{
    public const string Kind = "inference";

    private const int WarmUps = 2;
    private const double LeastSeconds = 0.8;
    private const int LeastPasses = 3;

    /// <summary>Passes that take minutes together are not repeated for the sake of the numbers above.</summary>
    private const double MostSeconds = 8;

    /// <summary>Ours, ONNX Runtime and the naive networks, and the machine's peaks.</summary>
    public static IReadOnlyList<Measurement> Measurements() =>
    [
        .. MachinePeak.Measurements(),
        .. from name in new[] { "resnet18", "resnet50", "resnet101" }
           from count in new[] { 1, 8, 32 }
           from contestant in Contestant.All
           select new Measurement($"{name} batch {count}", contestant, "ms", [Kind, name, $"{count}", contestant])
           {
               Comparisons = Comparisons(contestant, count),
               Operations = Contestant.IsOurs(contestant) ? count * InferenceNetworks.Operations(name) : null,
           },
    ];

    public double Run()
    {
        if (variant != Contestant.Naive)
        {
            TorchRuntime.TuneProcess();
        }

        TorchRuntime.EnsureLoaded();
        using var contestant = Contestant.Create(variant, network, int.Parse(batch));
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < WarmUps && Stopwatch.GetElapsedTime(begin).TotalSeconds < MostSeconds / 2; i++)
        {
            contestant.Run();
        }

        var times = new List<double>();
        for (long start = Stopwatch.GetTimestamp(); NeedsMore(times.Count, Stopwatch.GetElapsedTime(start).TotalSeconds);)
        {
            long pass = Stopwatch.GetTimestamp();
            contestant.Run();
            times.Add(Stopwatch.GetElapsedTime(pass).TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static bool NeedsMore(int passes, double seconds) =>
        passes == 0 || (seconds < MostSeconds && (passes < LeastPasses || seconds < LeastSeconds));

    private static IReadOnlyList<Comparison> Comparisons(string contestant, int batch) => contestant switch
    {
        Contestant.Float32 => [new(Contestant.OnnxRuntime, 0.9), new(Contestant.Naive)],
        Contestant.BFloat16 => [new(Contestant.OnnxRuntime, batch == 1 ? 1.5 : 1.8), new(Contestant.Naive, 3)],
        Contestant.Int8 => [new(Contestant.OnnxRuntime), new(Contestant.BFloat16)],
        Contestant.OnnxRuntimeQuiet => [new(Contestant.OnnxRuntime)],
        Contestant.OnnxRuntime => [new(Contestant.Naive)],
        _ => [],
    };
}
