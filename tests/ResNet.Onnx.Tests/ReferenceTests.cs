using System.Text.Json;
using ResNet.Imaging;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Onnx.Tests;

/// <summary>ONNX Runtime answers as PyTorch did, and as the network does on real pictures.</summary>
public sealed class ReferenceTests
{
    [SkippableTheory]
    [InlineData("resnet18")]
    [InlineData("resnet50")]
    [InlineData("resnet34-a")]
    [InlineData("resnet34-c")]
    [InlineData("resnet50-v1")]
    [InlineData("resnet20-cifar-a")]
    [InlineData("resnet18-preact")]
    [InlineData("resnet20-cifar-a-preact")]
    public void Logits_equal_those_of_PyTorch(string name)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        using var scope = torch.NewDisposeScope();
        var reference = OracleNetworks.Case("forward", name);
        float[][] expected = reference.GetProperty("logits").Deserialize<float[][]>()!;
        using var model = new ResNetModel(OracleNetworks.Options(name, expected[0].Length));
        FillRule.Fill(model, reference.GetProperty("norm_scale").GetDouble());
        using var answer = new OnnxAnswer(model.Export());

        answer.ShouldAnswer(FillRule.Input("input", reference.GetProperty("input").Deserialize<long[]>()!), torch.tensor(expected.SelectMany(row => row).ToArray()));
    }

    [SkippableTheory]
    [InlineData("resnet20-12fca82f.th", 20)]
    [InlineData("resnet32-d509ac18.th", 32)]
    public void Trained_networks_answer_alike_on_real_pictures_as_they_are(string file, int depth)
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        string? pictures = RealPictures.Cifar10();
        Skip.If(pictures is null, RealPictures.WhySkipped);
        using var scope = torch.NewDisposeScope();
        using var model = ModelFile.Load(Oracle.PathTo("weights", file), ResNetOptions.Cifar(depth) with { ZeroPadding = ZeroPadding.Both });
        string[] files = [.. Directory.GetFiles(Path.Combine(pictures, "test"), "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 500 == 0)];
        RgbImage[] images = [.. files.Select(path => ImageDecoder.Decode(path))];
        var normalization = Normalization.ImageNet;
        using var answer = new OnnxAnswer(model.Export(new OnnxExportOptions
        {
            Preprocessing = Preprocessing.Cifar10 with { Normalization = normalization },
            IncludeNormalization = true,
        }));
        using var inference = torch.inference_mode();

        var expected = model.call(ImageTensor.FromImages(images, normalization));

        images.Should().HaveCountGreaterThanOrEqualTo(20);
        answer.ShouldAnswer(ImageTensor.FromImages(images, Normalization.None) * 255, expected);
    }
}
