using System.Diagnostics;
using ResNet.Benchmarks.Naive;
using ResNet.Runtime;
using ResNet.Training;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Milliseconds of a training step: forward, loss, backward, SGD with momentum; the median of a few after warm-up.</summary>
internal sealed class StepTime(string network, string code, string clock) : IWorkload
{
    public const string Kind = "step";

    private const string NaiveCode = "naive";
    private const string ProcessorClock = "processor";
    private const int WarmUpSteps = 2;

    public static IReadOnlyList<Measurement> Measurements(bool processorTime) =>
    [
        .. from network in new[] { "resnet20-cifar", "resnet18", "resnet50" }
           from code in new[] { NaiveCode, nameof(Precision.Float32), nameof(Precision.Auto) }
           select new Measurement(
               $"{network} batch {BatchSize(network)}", code, processorTime ? "core-ms" : "ms", [Kind, network, code, processorTime ? ProcessorClock : "wall"])
           {
               Comparisons = code == NaiveCode ? [] : [new Comparison(NaiveCode, code == nameof(Precision.Auto) ? Goal(network) : null)],
           },
    ];

    public double Run()
    {
        if (code != NaiveCode)
        {
            TorchRuntime.TuneProcess();
        }

        TorchRuntime.EnsureLoaded();
        var options = Networks.Options(network);
        int size = options.Stem == StemKind.Cifar ? 32 : 224;
        torch.random.manual_seed(0);
        using var images = torch.randn(BatchSize(network), 3, size, size);
        using var labels = torch.randint(options.ClassCount, [BatchSize(network)], dtype: torch.int64);
        return code == NaiveCode ? TimeNaive(images, labels) : TimeTrainer(options, images, labels);
    }

    private double TimeNaive(Tensor images, Tensor labels)
    {
        using var model = Networks.Naive(network);
        using var optimizer = torch.optim.SGD(model.parameters(), learningRate: 0.01, momentum: 0.9, weight_decay: 1e-4);
        return Median(() => _ = NaiveTraining.Step(model, optimizer, images, labels));
    }

    private double TimeTrainer(ResNetOptions options, Tensor images, Tensor labels)
    {
        using var model = new ResNetModel(options);
        using var trainer = new TrainerSteps(model, BatchSize(network), (int)images.shape[2], Enum.Parse<Precision>(code));
        using var pictures = trainer.Arrange(images);
        Console.Error.WriteLine(trainer.Path.Reason);
        return Median(() => trainer.Step(pictures, labels));
    }

    private double Median(Action step)
    {
        int timedSteps = BatchSize(network) == 128 ? 7 : 3;
        var times = new List<double>();
        for (int i = 0; i < WarmUpSteps + timedSteps; i++)
        {
            var start = Now();
            step();
            times.Add((Now() - start).TotalMilliseconds);
        }

        return times.Skip(WarmUpSteps).Order().ElementAt(timedSteps / 2);
    }

    // Of all threads together: what a step costs, whatever else the machine does.
    private TimeSpan Now() => clock == ProcessorClock ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0);

    private static int BatchSize(string name) => name switch
    {
        "resnet18" => 32,
        "resnet50" => 16,
        _ => 128,
    };

    private static double Goal(string name) => name switch
    {
        "resnet18" => 3.5,
        "resnet50" => 2.5,
        _ => 1.6,
    };
}
