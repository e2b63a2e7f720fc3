using System.Diagnostics;
using ResNet.Runtime;

namespace ResNet.Benchmarks.Workloads;

/// <summary>How long one of several callers, each asking for one picture after the other, waits for an answer: the median, or what 99 of 100 stay below.</summary>
internal sealed class CallerLatency(string network, string callers, string variant, string share) : IWorkload
{
    public const string Kind = "callers";

    private const double Seconds = 4;

    /// <summary>Until .NET's compiler, which works beside the first seconds, has nothing left to do; it would make the slowest passes of all that runs in .NET.</summary>
    private const double WarmingSeconds = 3;

    public static IReadOnlyList<Measurement> Measurements() =>
    [
        .. from network in new[] { "resnet18", "resnet50" }
           from count in new[] { 1, 2, 4 }
           from share in new[] { 50, 99 }
           from variant in new[] { Contestant.OnnxRuntime, Contestant.Float32, Contestant.BFloat16 }
           select new Measurement($"{network}, {count} {(count == 1 ? "caller" : "callers")}, p{share}", variant, "ms", [Kind, network, $"{count}", variant, $"{share}"])
           {
               Comparisons = variant == Contestant.OnnxRuntime ? [] : [new Comparison(Contestant.OnnxRuntime)],
           },
    ];

    public double Run()
    {
        TorchRuntime.TuneProcess();
        TorchRuntime.EnsureLoaded();
        using var contestant = Contestant.Create(variant, network, batch: 1);
        _ = Ask(contestant, WarmingSeconds);

        var times = new List<double>[int.Parse(callers)];
        var threads = Enumerable.Range(0, times.Length).Select(index => new Thread(() => times[index] = Ask(contestant, Seconds))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        double[] all = [.. times.SelectMany(list => list).Order()];
        return all[Math.Min(all.Length - 1, all.Length * int.Parse(share) / 100)];
    }

    private static List<double> Ask(Contestant contestant, double seconds)
    {
        var times = new List<double>();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;)
        {
            long pass = Stopwatch.GetTimestamp();
            contestant.Run();
            times.Add(Stopwatch.GetElapsedTime(pass).TotalMilliseconds);
        }

        return times;
    }
}
