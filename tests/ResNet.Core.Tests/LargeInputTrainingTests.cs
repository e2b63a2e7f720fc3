using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Core.Tests;

/// <summary>Strided 1×1 convolutions end the process on some machines in the backward pass at these sizes, so a failure here may be a crash.</summary>
public sealed class LargeInputTrainingTests
{
    [Theory]
    [InlineData("resnet50")]
    [InlineData("resnet101")]
    [InlineData("resnet152")]
    [InlineData("resnet50-v1")]
    public void Bottleneck_networks_survive_a_training_step_at_224(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var model = new ResNetModel(OracleNetworks.Options(name, 1000));

        var loss = functional.cross_entropy(model.call(torch.randn(2, 3, 224, 224)), torch.tensor(new long[] { 1, 2 }));
        loss.backward();

        foreach (var (key, parameter) in model.named_parameters())
        {
            float norm = parameter.grad!.norm().item<float>();
            float.IsFinite(norm).Should().BeTrue(key);
            norm.Should().BePositive(key);
        }
    }
}
