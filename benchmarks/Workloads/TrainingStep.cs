using System.Diagnostics;
using ResNet.Benchmarks.Naive;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Milliseconds of a training step: forward, loss, backward, SGD with momentum; the median of a few after warm-up.</summary>
internal sealed class TrainingStep(string network, string variant) : IWorkload
{
    public const string Kind = "step";

    private const int WarmUpSteps = 2;
    private const int TimedSteps = 5;

    public static IReadOnlyList<Measurement> Measurements() =>
    [
        .. from name in new[] { "resnet20-cifar", "resnet18" }
           from variant in new[] { "naive", "library" }
           select new Measurement($"{name} batch {BatchSize(name)}", variant, "ms", [Kind, name, variant]),
    ];

    public double Run()
    {
        bool naive = variant == "naive";
        if (!naive)
        {
            TorchRuntime.TuneProcess();
        }

        TorchRuntime.EnsureLoaded();
        var options = Networks.Options(network);
        torch.random.manual_seed(0);
        using var model = naive ? Networks.Naive(network) : new ResNetModel(options);
        using var optimizer = torch.optim.SGD(model.parameters(), learningRate: 0.01, momentum: 0.9, weight_decay: 1e-4);
        int size = options.Stem == StemKind.Cifar ? 32 : 224;
        using var images = torch.randn(BatchSize(network), 3, size, size);
        using var labels = torch.randint(options.ClassCount, [BatchSize(network)], dtype: torch.int64);
        var times = new List<double>();
        for (int i = 0; i < WarmUpSteps + TimedSteps; i++)
        {
            var watch = Stopwatch.StartNew();
            _ = naive ? NaiveTraining.Step(model, optimizer, images, labels) : Step(model, optimizer, images, labels);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Skip(WarmUpSteps).Order().ElementAt(TimedSteps / 2);
    }

    private static int BatchSize(string name) => name == "resnet18" ? 8 : 128;

    // The library's own step: what the trainer learns to do faster belongs here, never into the naive one.
    internal static float Step(torch.nn.Module<Tensor, Tensor> model, torch.optim.Optimizer optimizer, Tensor images, Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        optimizer.zero_grad();
        var loss = torch.nn.functional.cross_entropy(model.call(images), labels);
        loss.backward();
        optimizer.step();
        return loss.ToSingle();
    }
}
