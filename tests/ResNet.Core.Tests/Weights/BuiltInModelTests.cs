using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Core.Tests.Weights;

public sealed class BuiltInModelTests
{
    [Fact]
    public void It_needs_no_file_and_says_what_it_is()
    {
        using var classifier = ImageClassifier.BuiltIn();

        classifier.Labels.Should().Equal(ClassLabels.Cifar10);
    }

    [SkippableTheory]
    [InlineData("airplane")]
    [InlineData("automobile")]
    [InlineData("ship")]
    [InlineData("truck")]
    public void It_knows_most_of_CIFAR10s_test_pictures(string label)
    {
        string? pictures = RealPictures.Cifar10();
        Skip.If(pictures is null, RealPictures.WhySkipped);
        string[] files = [.. Directory.GetFiles(Path.Combine(pictures, "test", label)).Order(StringComparer.Ordinal).Take(40)];
        using var classifier = ImageClassifier.BuiltIn();

        files.Should().HaveCount(40);
        files.Count(file => classifier.Classify(file, top: 1)[0].Label == label).Should().BeGreaterThan(28);
    }
}
