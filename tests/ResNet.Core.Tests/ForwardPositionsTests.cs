using TorchSharp;

namespace ResNet.Core.Tests;

/// <summary>The fully convolutional form (3.4).</summary>
public sealed class ForwardPositionsTests
{
    private static readonly string[] Names =
        ["resnet18", "resnet50", "resnet50-v1", "resnet34-a", "resnet34-c", "resnet50-preact", "resnet20-cifar-a", "resnet20-cifar-a-preact"];

    public static TheoryData<string> Networks { get; } = new(Names);

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_picture_of_one_crop_has_one_position_and_the_logits_of_forward(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var model = Build(name);
        var images = FillRule.Input("input", [2, 3, 64, 64]);

        var positions = model.ForwardPositions(images, model.Options.LastMapSize(64));

        positions.shape.Should().Equal(2, 10, 1, 1);
        Difference(positions.flatten(1), model.call(images)).Should().BeLessThan(1e-5);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Each_position_has_the_logits_of_its_part_of_the_last_map(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var model = Build(name);
        int stride = model.Options.Stem == StemKind.ImageNet ? 32 : 4;
        var images = FillRule.Input("input", [1, 3, 5 * stride, 6 * stride]);
        var map = model.ForwardStages(images)[^1];
        var parameters = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);

        var positions = model.ForwardPositions(images, poolSize: 2);

        positions.shape.Should().Equal(1, 10, 4, 5);
        for (int y = 0; y < 4; y++)
        {
            for (int x = 0; x < 5; x++)
            {
                var pooled = map.narrow(2, y, 2).narrow(3, x, 2).mean([2, 3]);
                var expected = parameters["fc.weight"].matmul(pooled.t()).t() + parameters["fc.bias"];
                Difference(positions.narrow(2, y, 1).narrow(3, x, 1).flatten(1), expected).Should().BeLessThan(1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_leaves_exactly_one_tensor(string name)
    {
        using var model = Build(name);
        using var images = torch.randn(2, 3, 96, 64);
        Tensor? positions = null;

        LiveTensors.ShouldBeLeftBy(() => positions = model.ForwardPositions(images, poolSize: 2), 1);

        positions!.Dispose();
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_size_of_the_last_map_is_known_without_a_forward(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var model = Build(name);
        foreach (int size in (int[])[1, 31, 32, 33, 63, 65, 96])
        {
            var map = model.ForwardStages(torch.zeros(1, 3, size, size + 1))[^1];

            map.shape[2..].Should().Equal(model.Options.LastMapSize(size), model.Options.LastMapSize(size + 1));
        }
    }

    [Fact]
    public void The_paper_s_sizes()
    {
        ResNetOptions.ResNet50.LastMapSize(224).Should().Be(7);
        ResNetOptions.Cifar(20).LastMapSize(32).Should().Be(8);
        ResNetOptions.ResNet18.LastMapSize(int.MaxValue).Should().Be(1 << 26);
        FluentActions.Invoking(() => ResNetOptions.ResNet18.LastMapSize(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Pictures_too_small_for_the_pool_are_refused_before_the_forward()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Build("resnet18");

        FluentActions.Invoking(() => model.ForwardPositions(torch.zeros(1, 3, 224, 192), 7)).Should().Throw<ArgumentException>()
            .WithMessage("The last map of pictures of 192x224 is 6x7, smaller than the pool of 7x7; give larger pictures or a smaller pool. (Parameter 'images')");
        FluentActions.Invoking(() => model.ForwardPositions(torch.zeros(3, 224, 224), 7)).Should().Throw<ArgumentException>()
            .WithMessage("Pictures are N×C×H×W, but the tensor is 3×224×224. (Parameter 'images')");
        FluentActions.Invoking(() => model.ForwardPositions(torch.zeros(1, 3, 224, 224), 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void A_new_classifier_judges_the_positions_too()
    {
        using var scope = torch.NewDisposeScope();
        using var model = Build("resnet20-cifar-a");
        model.ReplaceClassifier(3);

        model.ForwardPositions(torch.zeros(1, 3, 40, 32), 8).shape.Should().Equal(1, 3, 3, 1);
    }

    private static ResNetModel Build(string name)
    {
        var model = new ResNetModel(OracleNetworks.Options(name, 10));
        FillRule.Fill(model, 1);
        model.eval();
        return model;
    }

    private static double Difference(Tensor actual, Tensor expected) =>
        ((actual - expected).abs().max() / expected.square().mean().sqrt()).item<float>();
}
