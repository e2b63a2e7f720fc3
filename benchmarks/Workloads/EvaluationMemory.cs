using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>MiB of memory in an evaluation of 50,000 drawn pictures. Fails where the number of tensors alive changes from batch to batch.</summary>
internal sealed class EvaluationMemory(string what) : IWorkload
{
    public const string Kind = "evaluation-memory";

    private const int Count = 50_000;
    private const string Growth = "resident, growth since the middle";
    private const string Resident = "resident, peak";
    private const string ManagedMiddle = "managed, peak to the middle";
    private const string Managed = "managed, peak";
    private const double MostGrowth = 16;

    public static IEnumerable<Measurement> Measurements() =>
        new[] { ManagedMiddle, Managed, Resident, Growth }.Select(what =>
            new Measurement($"evaluation of {Count:N0} pictures", what, "MiB", [Kind, what], what == Growth ? MostGrowth : null));

    public double Run()
    {
        TorchRuntime.TuneProcess();
        TorchRuntime.EnsureLoaded();
        torch.random.manual_seed(0);
        var pictures = new SyntheticShapes(Count);
        using var model = new ResNetModel(ResNetOptions.Cifar(8) with { BaseWidth = 8, ClassCount = pictures.Labels.Count });
        var watch = new Watch();
        _ = Evaluator.Evaluate(model, pictures, Preprocessing.Cifar10, null, watch);
        return what switch
        {
            Growth => watch.ResidentPeak - watch.ResidentMiddle,
            Resident => watch.ResidentPeak,
            ManagedMiddle => watch.ManagedMiddle,
            _ => watch.ManagedPeak,
        };
    }

    private sealed class Watch : IProgress<EvaluationProgress>
    {
        private long? _alive;

        public double ResidentMiddle { get; private set; }

        public double ResidentPeak { get; private set; }

        public double ManagedMiddle { get; private set; }

        public double ManagedPeak { get; private set; }

        public void Report(EvaluationProgress value)
        {
            long alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            if (alive != (_alive ??= alive))
            {
                throw new InvalidOperationException($"{alive:N0} tensors are alive after {value.Images:N0} pictures, {_alive:N0} were before.");
            }

            ResidentPeak = Math.Max(ResidentPeak, MiB(Environment.WorkingSet));
            ManagedPeak = Math.Max(ManagedPeak, MiB(GC.GetTotalMemory(forceFullCollection: false)));
            if (value.Images <= value.Total / 2)
            {
                (ResidentMiddle, ManagedMiddle) = (ResidentPeak, ManagedPeak);
            }
        }

        private static double MiB(long bytes) => bytes / 1024.0 / 1024.0;
    }
}
