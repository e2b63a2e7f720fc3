using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

public sealed class ImageNetLabelsTests
{
    [Fact]
    public void ImageNet_has_a_thousand_classes_from_tench_to_toilet_tissue()
    {
        var labels = ClassLabels.ImageNet1k;
        labels.Should().HaveCount(1000);
        (labels[0], labels[207], labels[999]).Should().Be(("tench", "golden retriever", "toilet tissue"));
    }

    [SkippableFact]
    public void Names_and_order_are_those_of_the_reference()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        ClassLabels.ImageNet1k.Should().Equal(File.ReadAllLines(Oracle.PathTo("weights", "imagenet-1k-labels.txt")));
    }
}
