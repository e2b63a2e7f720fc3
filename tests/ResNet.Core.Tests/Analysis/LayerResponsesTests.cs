using ResNet.Analysis;
using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Core.Tests.Analysis;

public sealed class LayerResponsesTests
{
    // PyTorch 1.13 in double precision on the first three test pictures of each class: forward hooks on every BatchNorm2d, std(unbiased=False).
    private static readonly double[] OfPyTorch =
    [
        0.728568, 0.743107, 0.421958, 0.791356, 0.527377, 0.778549, 0.622446, 0.668377, 0.615568, 0.644381, 0.480083, 0.611485, 0.460409, 0.669328,
        0.932211, 0.665888, 0.780345, 0.635597, 1.380247,
    ];

    [SkippableFact]
    public void A_real_network_responds_as_in_PyTorch()
    {
        using var model = CifarCheckpoint.Load();
        string[] names = [.. ClassLabels.Cifar10.SelectMany(label => Enumerable.Range(0, 3).Select(i => $"{label}/{i:D4}"))];

        var responses = LayerResponses.Measure(model, InBatches(names, 7));

        responses.Should().HaveCount(19).And.OnlyContain(response => response.IsNormalized);
        responses.Select(response => response.Name).Take(4).Should().Equal("conv1", "layer1.0.conv1", "layer1.0.conv2", "layer1.1.conv1");
        for (int i = 0; i < OfPyTorch.Length; i++)
        {
            responses[i].StandardDeviation.Should().BeApproximately(OfPyTorch[i], 2e-5, responses[i].Name);
        }

        responses[0].Mean.Should().BeApproximately(0.290474, 2e-5);
        responses[9].Mean.Should().BeApproximately(-0.371892, 2e-5);
        responses[0].ValueCount.Should().Be(30 * 16 * 32 * 32);
    }

    [Fact]
    public void The_batches_change_nothing()
    {
        using var scope = torch.NewDisposeScope();
        torch.random.manual_seed(3);
        using var model = ResNetModel.CifarResNet(8);
        model.to(torch.float64);
        var images = torch.randn([10, 3, 16, 16], torch.float64) + 100;

        var whole = LayerResponses.Measure(model, [images]);
        var parts = LayerResponses.Measure(model, images.split([1, 6, 3]));

        for (int i = 0; i < whole.Count; i++)
        {
            (parts[i].Name, parts[i].ValueCount).Should().Be((whole[i].Name, whole[i].ValueCount));
            parts[i].StandardDeviation.Should().BeApproximately(whole[i].StandardDeviation, 1e-12 * whole[i].StandardDeviation);
        }
    }

    [Fact]
    public void A_mean_far_from_zero_costs_no_digits()
    {
        using var scope = torch.NewDisposeScope();
        var values = torch.tensor(new[] { 1e8, 1e8 + 1, 1e8 + 2, 1e8 + 3 });
        var moments = new RunningMoments();
        moments.Add(values[..1]);
        moments.Add(values[1..]);
        moments.StandardDeviation.Should().BeApproximately(Math.Sqrt(1.25), 1e-12);
        moments.Mean.Should().Be(1e8 + 1.5);
    }

    [Fact]
    public void Only_3x3_layers_are_listed()
    {
        using var images = torch.rand(1, 3, 64, 64);
        using var bottlenecks = new ResNetModel(ResNetOptions.ResNet50 with { BlocksPerStage = [1, 1], BaseWidth = 8, WidthPerGroup = 64 });
        LayerResponses.Measure(bottlenecks, [images]).Select(response => response.Name).Should().Equal("layer1.0.conv2", "layer2.0.conv2");
    }

    [Fact]
    public void A_pre_activation_network_is_measured_at_its_convolutions()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(ResNetOptions.Cifar(8) with { PreActivation = true });
        var images = torch.rand(4, 3, 32, 32);

        var responses = LayerResponses.Measure(model, [images]);

        responses.Should().HaveCount(7).And.OnlyContain(response => !response.IsNormalized);
        var stem = (TorchSharp.Modules.Conv2d)model.named_children().First(child => child.name == "conv1").module;
        responses[0].StandardDeviation.Should().BeApproximately(stem.call(images).to(torch.float64).std(unbiased: false).item<double>(), 1e-9);
    }

    [Fact]
    public void Measuring_leaves_flags_statistics_hooks_and_tensors_as_they_were()
    {
        using var images = torch.rand(2, 3, 32, 32);
        using var model = ResNetModel.CifarResNet(8);
        using var before = model.state_dict()["layer1.0.bn1.running_mean"].clone();
        var first = LayerResponses.Measure(model, [images]);

        LiveTensors.ShouldBeLeftBy(() => LayerResponses.Measure(model, [images]), 0);

        model.training.Should().BeTrue();
        model.named_modules().Should().OnlyContain(child => child.module.training);
        model.state_dict()["layer1.0.bn1.running_mean"].allclose(before).Should().BeTrue();
        LayerResponses.Measure(model, [images]).Should().Equal(first, "a hook that stayed would count twice");
    }

    [Fact]
    public void It_stops_between_layers_and_leaves_no_hook()
    {
        using var images = torch.rand(2, 3, 32, 32);
        using var model = ResNetModel.CifarResNet(8);
        FluentActions.Invoking(() => LayerResponses.Measure(model, [images], new CancellationToken(canceled: true))).Should().Throw<OperationCanceledException>();
        model.training.Should().BeTrue();
        LayerResponses.Measure(model, [images])[0].ValueCount.Should().Be(2 * 16 * 32 * 32);
    }

    [Fact]
    public void Without_pictures_there_is_nothing_to_measure()
    {
        using var model = ResNetModel.CifarResNet(8);
        FluentActions.Invoking(() => LayerResponses.Measure(model, [])).Should().Throw<ArgumentException>().WithMessage("There are no pictures*");
    }

    private static IEnumerable<Tensor> InBatches(string[] names, int size)
    {
        foreach (string[] part in names.Chunk(size))
        {
            using var batch = CifarCheckpoint.Pictures(part);
            yield return batch;
        }
    }
}
