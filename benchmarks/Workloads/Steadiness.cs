using ResNet.Runtime;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>How much resident memory grows over 5,000 training steps, in MiB. Fails where a single tensor more is alive after them.</summary>
internal sealed class Steadiness : IWorkload
{
    public const string Kind = "steady";

    private const string Network = "resnet20-cifar";
    private const int BatchSize = 16;
    private const int WarmUpSteps = 200;
    private const int Steps = 5_000;
    private const double MostGrowth = 16;

    public static IReadOnlyList<Measurement> Measurements() =>
        [new Measurement($"{Network} batch {BatchSize}, {Steps:N0} steps", "library", "MiB", [Kind], MostGrowth)];

    public double Run()
    {
        TorchRuntime.TuneProcess();
        TorchRuntime.EnsureLoaded();
        torch.random.manual_seed(0);
        var options = Networks.Options(Network);
        using var images = torch.randn(BatchSize, 3, 32, 32);
        using var labels = torch.randint(options.ClassCount, [BatchSize], dtype: torch.int64);
        using var model = new ResNetModel(options);
        using var trainer = new TrainerSteps(model, BatchSize, (int)images.shape[2], Precision.Auto);
        using var pictures = trainer.Arrange(images);
        Repeat(WarmUpSteps);
        long liveBefore = LiveTensors();
        double before = ResidentMiB();
        Repeat(Steps);
        long left = LiveTensors() - liveBefore;
        return left == 0
            ? ResidentMiB() - before
            : throw new InvalidOperationException($"{left:N0} tensors more are alive after {Steps:N0} steps.");

        void Repeat(int count)
        {
            for (int i = 0; i < count; i++)
            {
                trainer.Step(pictures, labels);
            }
        }
    }

    private static long LiveTensors() => DisposeScopeManager.Statistics.ThreadTotalLiveCount;

    private static double ResidentMiB() => Environment.WorkingSet / 1024.0 / 1024.0;
}
