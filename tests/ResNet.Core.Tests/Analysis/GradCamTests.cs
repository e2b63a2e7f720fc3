using ResNet.Analysis;
using TorchSharp;

namespace ResNet.Core.Tests.Analysis;

public sealed class GradCamTests
{
    // PyTorch 1.13 in double precision: gradient of the class's score by torch.autograd.grad at layer3's output, interpolate(bilinear) to 32x32,
    // divided by its maximum. Values at (row 16, column 16), (5, 20) and (31, 0).
    [SkippableTheory]
    [InlineData("automobile/0000", null, 1, 0.999802, 15.374472, 254.5187, 0.765510, 0.182837, 0.007363)]
    [InlineData("automobile/0000", 3, 3, 0.000191, 6.414709, 220.1442, 0.686290, 0.067507, 0.239893)]
    [InlineData("ship/0000", null, 8, 1.000000, 25.463928, 423.6137, 0.911173, 0.393388, 0.101850)]
    [InlineData("ship/0000", 3, 3, 0.000000, 0.132336, 39.3851, 0.000000, 0.044092, 0.000000)]
    public void A_real_network_looks_where_it_does_in_PyTorch(
        string picture, int? asked, int explained, double probability, double coarseSum, double sum, double middle, double above, double corner)
    {
        using var model = CifarCheckpoint.Load();
        using var image = CifarCheckpoint.Pictures(picture);

        var map = GradCam.Of(model, image, asked);

        (map.ClassIndex, map.Width, map.Height, map.CoarseWidth, map.CoarseHeight).Should().Be((explained, 32, 32, 8, 8));
        map.Probability.Should().BeApproximately(probability, 1e-5);
        map.Coarse.Sum().Should().BeApproximately((float)coarseSum, 2e-4f * (float)coarseSum);
        map.Values.Sum().Should().BeApproximately((float)sum, 2e-4f * (float)sum);
        map.Values[(16 * 32) + 16].Should().BeApproximately((float)middle, 2e-4f);
        map.Values[(5 * 32) + 20].Should().BeApproximately((float)above, 2e-4f);
        map.Values[31 * 32].Should().BeApproximately((float)corner, 2e-4f);
        map.Values.Max().Should().Be(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void At_the_last_stage_it_is_class_activation_mapping_but_for_the_scale(bool preActivation)
    {
        torch.random.manual_seed(2);
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(ResNetOptions.Cifar(8) with { PreActivation = preActivation });
        model.eval();
        var image = torch.randn(1, 3, 32, 24);

        for (int index = 0; index < 10; index++)
        {
            var map = GradCam.Of(model, image, index);

            using var noGradient = torch.no_grad();
            var last = model.ForwardStages(image)[^1];
            var weights = model.state_dict()["fc.weight"][index].view(1, -1, 1, 1);
            var expected = (weights * last).sum(1).relu() / (8 * 6);
            (map.CoarseWidth, map.CoarseHeight, map.Width, map.Height).Should().Be((6, 8, 24, 32));
            torch.tensor(map.Coarse.ToArray()).view(1, 8, 6).allclose(expected, rtol: 1e-5, atol: 1e-7).Should().BeTrue();
            map.Values.Should().OnlyContain(value => value >= 0 && value <= 1);
        }
    }

    [Fact]
    public void The_network_is_left_as_it_was_found()
    {
        using var image = torch.rand(1, 3, 32, 32);
        using var model = ResNetModel.CifarResNet(8);
        model.named_modules().Single(child => child.name == "layer2").module.eval();
        model.parameters().First().requires_grad_(false);
        var flags = model.named_modules().Select(child => child.module.training).ToList();
        using var before = model.state_dict()["bn1.running_mean"].clone();
        _ = GradCam.Of(model, image);

        LiveTensors.ShouldBeLeftBy(() => GradCam.Of(model, image), 0);

        model.named_modules().Select(child => child.module.training).Should().Equal(flags);
        model.parameters().Count(parameter => parameter.grad is not null).Should().Be(0);
        model.parameters().Select(parameter => parameter.requires_grad).Should().Equal(model.parameters().Select((_, i) => i > 0));
        model.state_dict()["bn1.running_mean"].allclose(before).Should().BeTrue();
        image.requires_grad.Should().BeFalse();
    }

    [Fact]
    public void It_works_where_gradients_are_off()
    {
        using var model = ResNetModel.CifarResNet(8);
        using var image = torch.rand(1, 3, 32, 32);
        var expected = GradCam.Of(model, image, 4);
        using (torch.no_grad())
        {
            GradCam.Of(model, image, 4).Values.Should().Equal(expected.Values);
        }

        using (torch.inference_mode())
        {
            using var made = image.clone();
            GradCam.Of(model, made, 4).Values.Should().Equal(expected.Values);
        }
    }

    [Fact]
    public void Where_nothing_speaks_for_a_class_the_map_is_empty()
    {
        using var model = ResNetModel.CifarResNet(8);
        using (torch.no_grad())
        {
            model.named_parameters().Single(entry => entry.name == "fc.weight").parameter.fill_(-1);
        }

        using var image = torch.rand(1, 3, 32, 32);
        GradCam.Of(model, image, 0).Values.Should().HaveCount(1024).And.OnlyContain(value => value == 0);
    }

    [Fact]
    public void What_cannot_be_explained_is_refused()
    {
        using var model = ResNetModel.CifarResNet(8);
        using var two = torch.rand(2, 3, 32, 32);
        using var one = torch.rand(1, 3, 32, 32);
        FluentActions.Invoking(() => GradCam.Of(model, two)).Should().Throw<ArgumentException>()
            .WithMessage("The picture has the shape [2, 3, 32, 32], but one picture of 3 channels is explained at a time; give [1, 3, height, width].*");
        FluentActions.Invoking(() => GradCam.Of(model, one, 10)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The network has 10 classes, so the index must be 0 to 9.*");
    }
}
