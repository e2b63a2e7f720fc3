using ResNet.Benchmarks.Naive;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>The networks by name, as the command line of the library names them.</summary>
internal static class Networks
{
    public static ResNetOptions Options(string name)
    {
        string[] parts = name["resnet".Length..].Split('-');
        int depth = int.Parse(parts[0]);
        return (parts.Length, depth) switch
        {
            (1, 18) => ResNetOptions.ResNet18,
            (1, 34) => ResNetOptions.ResNet34,
            (1, 50) => ResNetOptions.ResNet50,
            (1, 101) => ResNetOptions.ResNet101,
            (1, 152) => ResNetOptions.ResNet152,
            (2, _) => ResNetOptions.Cifar(depth),
            (3, _) => ResNetOptions.Cifar(depth, BlockKind.Bottleneck),
            _ => throw new ArgumentException($"There is no network '{name}'.", nameof(name)),
        };
    }

    public static torch.nn.Module<Tensor, Tensor> Naive(string name) => name switch
    {
        "resnet18" => NaiveResNet.ResNet18(),
        "resnet34" => NaiveResNet.ResNet34(),
        "resnet50" => NaiveResNet.ResNet50(),
        "resnet101" => NaiveResNet.ResNet101(),
        "resnet152" => NaiveResNet.ResNet152(),
        _ => new NaiveCifarResNet(Options(name).Depth),
    };
}
