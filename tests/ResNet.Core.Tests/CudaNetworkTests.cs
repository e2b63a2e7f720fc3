using TorchSharp;

namespace ResNet.Core.Tests;

public sealed class CudaNetworkTests
{
    [SkippableTheory]
    [InlineData("resnet18")]
    [InlineData("resnet50-v1")]
    [InlineData("resnet20-cifar-a-preact")]
    public void Logits_on_a_GPU_equal_those_on_the_CPU(string name)
    {
        Skip.IfNot(torch.cuda.is_available(), "needs a CUDA device");
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        using var model = new ResNetModel(OracleNetworks.Options(name, 10));
        FillRule.Fill(model, 0.8);
        model.eval();
        var images = FillRule.Input("input", [2, 3, 64, 64]);
        var expected = model.call(images);

        model.to(torch.CUDA);
        var actual = model.call(images.cuda()).cpu();

        (actual - expected).abs().max().item<float>().Should().BeLessThan(1e-2f * expected.abs().max().item<float>());
        model.ReplaceClassifier(3);
        model.parameters().Should().OnlyContain(parameter => parameter.device_type == DeviceType.CUDA);
    }
}
