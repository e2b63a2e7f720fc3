using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Core.Tests.Weights;

/// <summary>A file that the first version wrote. It is never written again: every later version must read it and compute the same.</summary>
public class Version1FileTests
{
    public static string Path { get; } = Repository.PathTo("tests", "ResNet.Core.Tests", "Weights", "Data", "version1.safetensors");

    internal static ModelDescription Description { get; } = new()
    {
        Options = ResNetOptions.Cifar(8) with { BaseWidth = 4, ClassCount = 3, ZeroPadding = ZeroPadding.Both },
        Preprocessing = new Preprocessing
        {
            ResizeShorterSide = 36,
            CropSize = 32,
            Filter = ResizeFilter.Bicubic,
            Normalization = new Normalization { Mean = [0.5f, 0.25f, 0.125f], StdDev = [0.2f, 0.3f, 0.4f] },
        },
        Labels = new ClassLabels(["cat", "dog", "größer als \"1\""]),
    };

    [Fact]
    public void The_description_reads_as_it_was_written()
    {
        ModelFile.ReadDescription(Path).Should().Be(Description);
    }

    [Fact]
    public void The_weights_compute_what_they_always_did()
    {
        using var model = ModelFile.Load(Path, out _);
        using var scope = torch.NewDisposeScope();
        using var inference = torch.inference_mode();
        var logits = model.call(FillRule.Input("version1", [2, 3, 32, 32]));
        float[] values = logits.data<float>().ToArray();
        float[] recorded = [-0.52142733f, 0.35246608f, -0.1511256f, -0.44646597f, 0.33613262f, -0.024496213f];
        values.Should().HaveCount(recorded.Length);
        for (int i = 0; i < recorded.Length; i++)
        {
            values[i].Should().BeApproximately(recorded[i], 2e-5f, $"logit {i}");
        }
    }

    [Fact]
    public void A_classifier_opens_it()
    {
        using var classifier = ImageClassifier.FromFile(Path);
        classifier.Labels.Should().Equal(Description.Labels);
        classifier.Preprocessing.Should().Be(Description.Preprocessing);
        classifier.Options.Should().Be(Description.Options);
    }
}
