using ResNet.Benchmarks.Workloads;
using TorchSharp;

namespace ResNet.Benchmarks;

/// <summary>The yardstick is worth something only if it is the same network: same keys, same logits.</summary>
internal static class NaiveCheck
{
    private const double Tolerance = 1e-4;
    private const double Sensitivity = 0.1;

    public static int Run()
    {
        string[] names = ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "resnet20-cifar", "resnet56-cifar"];
        bool allEqual = true;
        foreach (string name in names)
        {
            double difference = Difference(name);
            bool equal = difference < Tolerance;
            allEqual &= equal;
            Console.WriteLine($"{name}: largest logit difference over rms {difference:E1} {(equal ? "ok" : "FAILED")}");
        }

        return allEqual ? 0 : 1;
    }

    private static double Difference(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var noGrad = torch.no_grad();
        torch.random.manual_seed(0);
        var options = Networks.Options(name);
        using var ours = new ResNetModel(options);
        using var naive = Networks.Naive(name);

        int size = options.Stem == StemKind.Cifar ? 32 : 64;
        var images = torch.randn(4, 3, size, size);
        var expected = ours.call(images);

        // A comparison that cannot tell other weights apart would prove nothing.
        if (Relative(naive.call(images), expected) < Sensitivity)
        {
            return double.NaN;
        }

        // Training mode: fresh running statistics would let the logits of deep networks explode, and hide a wrong shortcut.
        naive.load_state_dict(ours.state_dict(), strict: true);
        return Relative(naive.call(images), expected);
    }

    private static double Relative(Tensor found, Tensor expected) =>
        ((found - expected).abs().max() / expected.square().mean().sqrt()).ToDouble();
}
