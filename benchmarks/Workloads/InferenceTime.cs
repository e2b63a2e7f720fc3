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

    /// <summary>Ours against ONNX Runtime, and the machine's peaks.</summary>
    public static IReadOnlyList<Measurement> AgainstOnnxRuntime() =>
    [
        .. MachinePeak.Measurements(),
        .. from name in new[] { "resnet18", "resnet50", "resnet101" }
           from count in new[] { 1, 8, 32 }
           from contestant in new[] { Contestant.OnnxRuntime, Contestant.OnnxRuntimeQuiet, Contestant.Float32, Contestant.BFloat16, Contestant.Int8 }
           select Measure(name, count, contestant, Contestant.OnnxRuntime, contestant switch
           {
               Contestant.Float32 => 0.9,
               Contestant.BFloat16 => count == 1 ? 1.5 : 1.8,
               _ => null,
           }),
    ];

    /// <summary>Bytes against bfloat16.</summary>
    public static IReadOnlyList<Measurement> Int8AgainstBFloat16() =>
    [
        .. from name in new[] { "resnet18", "resnet50" }
           from count in new[] { 1, 8 }
           from contestant in new[] { Contestant.BFloat16, Contestant.Int8 }
           select Measure(name, count, contestant, Contestant.BFloat16, contestant == Contestant.Int8 ? 1.5 : null),
    ];

    /// <summary>Ours against the naive networks.</summary>
    public static IReadOnlyList<Measurement> AgainstNaive() =>
    [
        .. from name in new[] { "resnet18", "resnet50", "resnet101" }
           from count in new[] { 1, 8, 32 }
           from contestant in new[] { Contestant.Naive, Contestant.Float32, Contestant.BFloat16 }
           select Measure(name, count, contestant, Contestant.Naive, contestant == Contestant.BFloat16 ? 3 : null),
    ];

    public double Run()
    {
        if (variant != Contestant.Naive)
        {
            TorchRuntime.TuneProcess();
        }

        TorchRuntime.EnsureLoaded();
        using var contestant = Contestant.Create(variant, network, int.Parse(batch));
        for (int i = 0; i < WarmUps; i++)
        {
            contestant.Run();
        }

        var times = new List<double>();
        for (long start = Stopwatch.GetTimestamp(); times.Count < LeastPasses || Stopwatch.GetElapsedTime(start).TotalSeconds < LeastSeconds;)
        {
            long pass = Stopwatch.GetTimestamp();
            contestant.Run();
            times.Add(Stopwatch.GetElapsedTime(pass).TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static Measurement Measure(string network, int batch, string variant, string baseline, double? least) =>
        new($"{network} batch {batch}", variant, "ms", [Kind, network, $"{batch}", variant]) { Baseline = baseline, LeastRatio = least };
}
