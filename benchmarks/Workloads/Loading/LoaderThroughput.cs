using System.Diagnostics;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>
/// Pictures that become parts of a batch for each second of processor time, of all threads together: what a core can do, whatever else runs.
/// </summary>
internal sealed class LoaderThroughput(string data, string code) : IWorkload
{
    public const string Kind = "loader";
    public const string LibraryCode = "library";
    public const string TorchSharpCode = "TorchSharp";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public static IEnumerable<Measurement> Measurements(string? photos)
    {
        yield return new Measurement("load 32x32", TorchSharpCode, "pictures/core-s", [Kind, LoaderTask.Cifar, TorchSharpCode]);
        yield return new Measurement("load 32x32", LibraryCode, "pictures/core-s", [Kind, LoaderTask.Cifar, LibraryCode])
        {
            Least = 40_000,
            Comparisons = [new Comparison(TorchSharpCode)],
        };
        if (photos is not null)
        {
            yield return new Measurement("load photos", TorchSharpCode, "pictures/core-s", [Kind, photos, TorchSharpCode]);
            yield return new Measurement("load photos", LibraryCode, "pictures/core-s", [Kind, photos, LibraryCode]) { Least = 200, Comparisons = [new Comparison(TorchSharpCode)] };
        }
    }

    public double Run()
    {
        TorchRuntime.TuneProcess();
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(1);
        var task = LoaderTask.Of(data);
        using var process = Process.GetCurrentProcess();
        int warmUp = Math.Max(4, task.Dataset.Count / task.BatchSize);
        int count = 0;
        var watch = new Stopwatch();
        var before = TimeSpan.Zero;
        foreach (var (images, _) in task.Batches(code, workerCount: 1))
        {
            if (warmUp-- > 0)
            {
                continue;
            }

            if (!watch.IsRunning)
            {
                watch.Start();
                process.Refresh();
                before = process.TotalProcessorTime;
                continue;
            }

            count += (int)images.shape[0];
            if (watch.Elapsed >= Duration)
            {
                break;
            }
        }

        process.Refresh();
        return count / (process.TotalProcessorTime - before).TotalSeconds;
    }
}
