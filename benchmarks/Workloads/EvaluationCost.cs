using System.Diagnostics;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Milliseconds of a picture in an evaluation, decoding and resizing included: one view of it, ten, or the whole at five scales.</summary>
internal sealed class EvaluationCost(string data, string way, string clock) : IWorkload
{
    public const string Kind = "evaluate";

    private const string Shapes = "shapes";
    private const string Centre = "centre crop";
    private const string Ten = "ten crops";
    private const string Whole = "five scales";
    private const string ProcessorClock = "processor";
    private const int MostPhotos = 24;

    public static IEnumerable<Measurement> Measurements(string? photos, bool processorTime)
    {
        string[] sources = photos is null ? [Shapes] : [Shapes, photos];
        return from source in sources
               from way in source == Shapes ? new[] { Centre, Ten } : [Centre, Ten, Whole]
               select new Measurement(
                   source == Shapes ? "resnet20-cifar, 32x32 from memory" : "resnet18, photos at 224", way, processorTime ? "core-ms" : "ms",
                   [Kind, source, way, processorTime ? ProcessorClock : "wall"])
               {
                   Comparisons = way == Centre ? [] : [new Comparison(Centre)],
               };
    }

    public double Run()
    {
        TorchRuntime.TuneProcess();
        TorchRuntime.EnsureLoaded();
        torch.random.manual_seed(0);
        var (pictures, preprocessing) = Pictures();
        var network = data == Shapes ? ResNetOptions.Cifar(20) : ResNetOptions.ResNet18;
        using var model = new ResNetModel(network with { ClassCount = pictures.Labels.Count });
        var options = new EvaluationOptions
        {
            Crops = way switch { Centre => TestCrops.Center, Ten => TestCrops.Ten, _ => null },
            FullyConvolutional = way == Whole,
            Scales = way == Whole ? EvaluationOptions.PaperScales : null,
        };
        _ = Evaluator.Evaluate(model, new Subset(pictures, Enumerable.Range(0, pictures.Count / 4)), preprocessing, options);
        var start = Now();
        _ = Evaluator.Evaluate(model, pictures, preprocessing, options);
        return (Now() - start).TotalMilliseconds / pictures.Count;
    }

    private (IImageDataset Pictures, Preprocessing Preprocessing) Pictures()
    {
        if (data == Shapes)
        {
            const int Count = 1000;
            var cache = new CachedDataset(new SyntheticShapes(Count));
            for (int i = 0; i < Count; i++)
            {
                _ = cache.Read(i);
            }

            return (cache, Preprocessing.Cifar10);
        }

        var photos = new PhotoFiles(data);
        return (new Subset(photos, Enumerable.Range(0, Math.Min(MostPhotos, photos.Count))), Preprocessing.ImageNet);
    }

    // Of all threads together: what a picture costs, whatever else the machine does.
    private TimeSpan Now() => clock == ProcessorClock ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);
}
