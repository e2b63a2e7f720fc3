using ResNet.Layers;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Core.Tests.Layers;

/// <summary>Widths for which some kernels on planes (NCHW) read memory that nobody wrote, or are wrong; which ones depends on the CPU.</summary>
public sealed class MemoryLayoutTests
{
    /// <summary>
    /// Rounding turns some ReLUs that are close to 0: up to 0.010 was measured with the kernels of AVX2 and of AVX-512 alike. The wrong kernels are off by 0.2
    /// and more, or give NaN.
    /// </summary>
    private const double Tolerance = 0.05;

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(48)]
    public void A_network_of_any_width_has_the_scores_and_gradients_of_double_precision_whatever_lay_in_memory_before(int width)
    {
        using var scope = torch.NewDisposeScope();
        torch.random.manual_seed(width);
        using var model = new ResNetModel(ResNetOptions.Cifar(14) with { BaseWidth = width, Shortcut = ShortcutOption.B });
        using var exact = new ResNetModel(model.Options);
        exact.load_state_dict(model.state_dict());
        exact.to(torch.float64);
        var images = torch.randn(16, 3, 32, 32);
        var labels = torch.randint(10, [16], torch.int64);
        functional.cross_entropy(exact.call(images.to(torch.float64)), labels).backward();

        LeaveNaN();
        var loss = functional.cross_entropy(model.call(images), labels);
        LeaveNaN();
        loss.backward();

        var expected = exact.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.grad!);
        foreach (var (name, parameter) in model.named_parameters())
        {
            double error = ((parameter.grad!.to(torch.float64) - expected[name]).norm() / expected[name].norm()).item<double>();
            error.Should().BeLessThan(Tolerance, name);
        }
    }

    [Fact]
    public void The_networks_of_the_paper_are_taken_as_they_lie()
    {
        ResNetOptions[] usual =
        [
            ResNetOptions.ResNet18, ResNetOptions.ResNet50, ResNetOptions.ResNeXt50_32x4d, ResNetOptions.WideResNet101_2, ResNetOptions.Cifar(20), ResNetOptions.Cifar(164, BlockKind.Bottleneck),
        ];

        usual.Should().OnlyContain(options => MemoryLayout.IsSafeInPlanes(options));
        MemoryLayout.IsSafeInPlanes(ResNetOptions.Cifar(20) with { BaseWidth = 12 }).Should().BeFalse();
        MemoryLayout.IsSafeInPlanes(ResNetOptions.ResNet50 with { WidthPerGroup = 36 }).Should().BeFalse();
    }

    /// <summary>Memory that the next tensors get holds NaN, as it may after a network that diverged.</summary>
    private static void LeaveNaN()
    {
        List<Tensor> tensors = [.. new long[] { 1_000, 5_000, 20_000, 70_000, 200_000, 600_000, 2_000_000 }.SelectMany(size => Enumerable.Range(0, 8).Select(_ => torch.full([size], float.NaN)))];
        tensors.ForEach(tensor => tensor.Dispose());
    }
}
