using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Onnx.Tests;

public sealed class MetadataTests
{
    [Fact]
    public void Metadata_say_what_is_known()
    {
        using var model = FilledModel.Create(FilledModel.Small);
        var labels = new ClassLabels(["ant", "bee", "wasp", "fly", "\"moth\"", "Käfer", "gnat"]);
        using var answer = new OnnxAnswer(model.Export(new OnnxExportOptions
        {
            Preprocessing = Preprocessing.ImageNet,
            Labels = labels,
            Softmax = true,
            IncludeNormalization = true,
        }));

        var metadata = answer.Metadata;

        metadata.Keys.Should().BeEquivalentTo(
            "resnet.format_version", "resnet.options", "resnet.preprocessing", "resnet.labels", "resnet.input", "resnet.output");
        metadata["resnet.format_version"].Should().Be("1");
        JsonSerializer.Deserialize<string[]>(metadata["resnet.labels"]).Should().Equal(labels);
        var options = JsonDocument.Parse(metadata["resnet.options"]).RootElement;
        options.GetProperty("block").GetString().Should().Be("Basic");
        options.GetProperty("classCount").GetInt32().Should().Be(7);
        var preprocessing = JsonDocument.Parse(metadata["resnet.preprocessing"]).RootElement;
        (preprocessing.GetProperty("resizeShorterSide").GetInt32(), preprocessing.GetProperty("cropSize").GetInt32()).Should().Be((256, 224));
        preprocessing.GetProperty("mean").Deserialize<float[]>().Should().Equal(Normalization.ImageNet.Mean);
        preprocessing.GetProperty("stdDev").Deserialize<float[]>().Should().Equal(Normalization.ImageNet.StdDev);
        (metadata["resnet.input"], metadata["resnet.output"]).Should().Be(("rgb255", "probabilities"));
    }

    [Fact]
    public void Metadata_do_not_say_what_is_not_known()
    {
        using var model = FilledModel.Create(FilledModel.Small);
        using var answer = new OnnxAnswer(model.Export());

        answer.Metadata.Keys.Should().BeEquivalentTo("resnet.format_version", "resnet.options", "resnet.input", "resnet.output");
        (answer.Metadata["resnet.input"], answer.Metadata["resnet.output"]).Should().Be(("normalized", "logits"));
    }
}
