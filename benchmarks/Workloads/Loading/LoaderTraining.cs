using System.Diagnostics;
using ResNet.Runtime;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Pictures a second of training, with the processor shared between the network and the loader; against one batch used again and again.</summary>
internal sealed class LoaderTraining(string data, string code) : IWorkload
{
    public const string Kind = "loader-training";

    private const string OneBatch = "one batch";
    private const int WarmUpSteps = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static IEnumerable<Measurement> Measurements(string? photos)
    {
        string[] codes = [OneBatch, LoaderThroughput.TorchSharpCode, LoaderThroughput.LibraryCode];
        return
        [
            .. codes.Select(code => Of("train resnet20-cifar", LoaderTask.Cifar, code, 0.9)),
            .. codes.Where(_ => photos is not null).Select(code => Of("train resnet18", photos!, code, 0.75)),
        ];
    }

    public double Run()
    {
        TorchRuntime.TuneProcess();
        TorchRuntime.EnsureLoaded();
        var task = LoaderTask.Of(data);
        torch.random.manual_seed(0);
        using var model = new ResNetModel(task.Network);
        using var trainer = new TrainerSteps(model, task.BatchSize, task.Network.Stem == StemKind.Cifar ? 32 : 224, Precision.Float32);
        int warmUp = WarmUpSteps, count = 0;
        var watch = new Stopwatch();
        foreach (var (images, labels) in code == OneBatch ? Repeat(task) : task.Batches(code, Environment.ProcessorCount))
        {
            trainer.Step(images, labels);
            if (warmUp-- > 0)
            {
                continue;
            }

            if (!watch.IsRunning)
            {
                watch.Start();
                continue;
            }

            count += (int)images.shape[0];
            if (watch.Elapsed >= Duration)
            {
                break;
            }
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    private static Measurement Of(string name, string data, string code, double leastRatio) => new(name, code, "images/s", [Kind, data, code])
    {
        Comparisons = code == OneBatch ? [] : [new Comparison(OneBatch, code == LoaderThroughput.LibraryCode ? leastRatio : null)],
    };

    private static IEnumerable<(Tensor Images, Tensor Labels)> Repeat(LoaderTask task)
    {
        foreach (var batch in task.Batches(LoaderThroughput.LibraryCode, workerCount: 1))
        {
            // Of this one alone; the loader has filled its few places by then, and waits.
            using var images = batch.Images.clone();
            using var labels = batch.Labels.clone();
            while (true)
            {
                yield return (images, labels);
            }
        }
    }
}
