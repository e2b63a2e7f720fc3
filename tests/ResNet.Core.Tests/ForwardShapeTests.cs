using TorchSharp;

namespace ResNet.Core.Tests;

public sealed class ForwardShapeTests
{
    [Theory]
    [InlineData("resnet18", 224, 224, "64,56,56 128,28,28 256,14,14 512,7,7")]
    [InlineData("resnet50", 224, 224, "256,56,56 512,28,28 1024,14,14 2048,7,7")]
    [InlineData("resnet50-v1", 97, 131, "256,25,33 512,13,17 1024,7,9 2048,4,5")]
    [InlineData("resnet34-a", 97, 131, "64,25,33 128,13,17 256,7,9 512,4,5")]
    [InlineData("resnet18-preact", 97, 131, "64,25,33 128,13,17 256,7,9 512,4,5")]
    [InlineData("resnet20-cifar-a", 33, 30, "16,33,30 32,17,15 64,9,8")]
    [InlineData("resnet18", 1, 1, "64,1,1 128,1,1 256,1,1 512,1,1")]
    public void ForwardStages_gives_C2_to_C5(string name, int height, int width, string expected)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var model = new ResNetModel(OracleNetworks.Options(name, 10));
        model.eval();

        var maps = model.ForwardStages(torch.randn(1, 3, height, width));

        string.Join(' ', maps.Select(map => string.Join(',', map.shape[1..]))).Should().Be(expected);
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet18-preact")]
    [InlineData("resnet20-cifar-a")]
    public void Features_are_the_mean_of_the_last_stage_and_logits_come_from_them(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var model = new ResNetModel(OracleNetworks.Options(name, 10));
        model.eval();
        var images = torch.randn(2, 3, 65, 47);

        var features = model.ForwardFeatures(images);

        features.shape.Should().Equal([2, model.FeatureCount]);
        Largest(features - model.ForwardStages(images)[^1].mean([2, 3])).Should().BeLessThan(1e-6);
        var state = model.state_dict();
        var logits = torch.nn.functional.linear(features, state["fc.weight"], state["fc.bias"]);
        Largest(logits - model.call(images)).Should().BeLessThan(1e-5);
    }

    [Fact]
    public void A_forward_leaves_its_input_as_it_was()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(ResNetOptions.Cifar(20) with { PreActivation = true });
        var images = torch.randn(2, 3, 32, 32);
        var before = images.clone();
        model.call(images);
        Largest(images - before).Should().Be(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Other_input_channels_work(int channels)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(ResNetOptions.Cifar(20) with { InputChannels = channels, ClassCount = 3 });
        model.call(torch.randn(2, channels, 32, 32)).shape.Should().Equal([2, 3]);
    }

    private static double Largest(Tensor difference) => difference.abs().max().item<float>();
}
