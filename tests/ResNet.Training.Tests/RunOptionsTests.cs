using System.Text.Json.Nodes;
using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Training.Tests;

public sealed class RunOptionsTests
{
    [Fact]
    public void A_mean_at_each_pixel_is_named_not_spelled_out()
    {
        var mean = new PixelMean(32, 32, Enumerable.Repeat(0.5f, 3 * 32 * 32).ToArray());
        var description = new ModelDescription
        {
            Options = ResNetOptions.Cifar(20),
            Preprocessing = Preprocessing.PaperCifar10(mean),
            Labels = ClassLabels.Cifar10,
        };
        var json = JsonNode.Parse(RunOptions.ToText(RunOptions.ToJson(TrainingOptions.PaperCifar10, description)))!;
        ((string?)json["preprocessing"]!["normalization"]!["pixelMean"]).Should().Be("32x32, mean 0.5 0.5 0.5");
        ((string?)json["preprocessing"]!["crops"]).Should().Be("Center");
    }
}
