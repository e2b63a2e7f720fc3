using ResNet.Core.Tests.Weights;
using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Core.Tests.Inference;

public sealed class ImageClassifierRawPixelsTests
{
    [Fact]
    public void Raw_pixels_are_answered_as_the_picture_that_they_are()
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path);
        var picture = ClassifierPictures.Draw(1);
        var answer = classifier.Classify(picture);

        classifier.Classify(picture.Pixels, 40, 50, 120, PixelFormat.Rgb24).Should().Equal(answer);
        classifier.Classify(picture.Pixels.Chunk(3).SelectMany(pixel => pixel.Reverse()).ToArray(), 40, 50, 120, PixelFormat.Bgr24).Should().Equal(answer);
        ushort[] deep = [.. picture.Pixels.Select(value => (ushort)((value << 8) | 77))];
        classifier.Classify(deep, 40, 50, 240, PixelFormat.Rgb48, top: 2).Should().Equal(answer.Take(2));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var classifier = ImageClassifier.FromFile(Version1FileTests.Path);
        classifier.Invoking(c => c.Classify(new byte[10], 2, 2, 6, PixelFormat.Rgb24)).Should().Throw<ArgumentException>();
        classifier.Invoking(c => c.Classify(new byte[12], 2, 2, 6, PixelFormat.Rgb24, top: 0)).Should().Throw<ArgumentOutOfRangeException>();
        classifier.Dispose();
        classifier.Invoking(c => c.Classify(new byte[12], 2, 2, 6, PixelFormat.Rgb24)).Should().Throw<ObjectDisposedException>();
    }
}
