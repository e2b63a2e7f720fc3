using ResNet.Blocks;
using ResNet.Shortcuts;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Core.Tests.Blocks;

/// <summary>Gradients of blocks in double precision against central differences of their own forward.</summary>
public sealed class GradientTests
{
    private const double Step = 1e-6;
    private const double Tolerance = 1e-6;

    private static readonly string[] Kinds = ["basic", "bottleneck", "bottleneck-v1", "pre-activation basic", "pre-activation bottleneck"];

    public static IEnumerable<object[]> Blocks { get; } =
        [.. Kinds.SelectMany(kind => Enum.GetValues<ShortcutOption>().Select(option => new object[] { kind, option }))];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Gradients_of_a_striding_block_equal_finite_differences(string kind, ShortcutOption option) => Check(kind, option, stride: 2);

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Gradients_of_a_block_that_keeps_its_shape_equal_finite_differences(string kind, ShortcutOption option) => Check(kind, option, stride: 1);

    private static void Check(string kind, ShortcutOption option, int stride)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = torch.manual_seed(1);
        bool wide = kind.Contains("bottleneck");
        int outChannels = stride == 2 ? 8 : 4;
        int width = wide ? outChannels / 4 : outChannels;
        var shortcut = ShortcutFactory.Create(option, 4, outChannels, stride, ZeroPadding.Both, !kind.StartsWith("pre", StringComparison.Ordinal));
        using Module<Tensor, Tensor> block = kind switch
        {
            "basic" => new BasicBlock(4, width, stride, shortcut),
            "bottleneck" => new Bottleneck(4, width, stride, shortcut),
            "bottleneck-v1" => new Bottleneck(4, width, stride, shortcut, StridePlacement.First1x1),
            "pre-activation basic" => new PreActivationBasicBlock(4, width, stride, shortcut, LeadingActivation.BeforeSplit),
            _ => new PreActivationBottleneck(4, width, stride, shortcut, LeadingActivation.InBranch),
        };
        block.to(torch.float64);
        var input = torch.randn([2, 4, 5, 5], torch.float64, requires_grad: true);
        var weights = torch.randn(block.call(input).shape, torch.float64);
        Tensor Loss() => (block.call(input) * weights).sum();

        Loss().backward();

        foreach (var (name, tensor) in block.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("input", input)))
        {
            CompareSome(name, tensor, Loss);
        }
    }

    private static void CompareSome(string name, Tensor tensor, Func<Tensor> loss)
    {
        double[] gradient = tensor.grad!.contiguous().data<double>().ToArray();
        for (int i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / 7))
        {
            double difference = (At(tensor, i, Step, loss) - At(tensor, i, -Step, loss)) / (2 * Step);
            Math.Abs(difference - gradient[i]).Should().BeLessThan(Tolerance * Math.Max(1, Math.Abs(difference)), $"{name}[{i}] is {gradient[i]}, by differences {difference}");
        }
    }

    private static double At(Tensor tensor, int index, double step, Func<Tensor> loss)
    {
        using var noGrad = torch.no_grad();
        using var flat = tensor.detach().view(-1);
        double old = flat[index].item<double>();
        flat[index] = torch.tensor(old + step, torch.float64);
        double value = loss().item<double>();
        flat[index] = torch.tensor(old, torch.float64);
        return value;
    }
}
