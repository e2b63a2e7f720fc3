using System.Diagnostics;
using ResNet.Runtime;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>Seconds from the constructor's call to a network ready to use; loading torch is not counted.</summary>
internal sealed class Building(string network) : IWorkload
{
    public const string Kind = "build";

    private static readonly string[] Names =
    [
        "resnet18", "resnet34", "resnet50", "resnet101", "resnet152",
        "resnet20-cifar", "resnet32-cifar", "resnet44-cifar", "resnet56-cifar", "resnet110-cifar", "resnet1202-cifar",
        "resnet164-cifar-bottleneck", "resnet1001-cifar-bottleneck",
    ];

    public static IReadOnlyList<Measurement> Measurements() =>
        [.. Names.Select(name => new Measurement(name, "library", "s", [Kind, name], Limit(name)))];

    public double Run()
    {
        TorchRuntime.EnsureLoaded();
        torch.ones(1).Dispose();
        var watch = Stopwatch.StartNew();
        using var model = new ResNetModel(Networks.Options(network));
        return watch.Elapsed.TotalSeconds;
    }

    private static double? Limit(string name) => name switch
    {
        "resnet152" => 3,
        "resnet1202-cifar" => 10,
        _ => null,
    };
}
