using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class ScaleJitterTests
{
    [Fact]
    public void All_lengths_from_256_to_480_are_equally_likely()
    {
        var image = Pictures.Reference(8, 4);
        int[] counts = new int[225];
        for (int i = 0; i < 45_000; i++)
        {
            var canvas = Pictures.Canvas(image);
            new ScaleJitter().Apply(canvas, SampleRandom.For(5, 0, i));
            canvas.Width.Should().Be(2 * canvas.Height);
            counts[canvas.Height - 256]++;
        }

        // 224 degrees of freedom: mean 224, standard deviation 21.
        Pictures.ChiSquared(counts).Should().BeInRange(150, 310);
    }

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    public void The_pixels_are_those_of_the_resizer(ResizeFilter filter)
    {
        var image = Pictures.Reference(11, 7);

        var result = new ScaleJitter { ShorterSide = (5, 5), Filter = filter }.Apply(image, new SampleRandom(0));

        result.Pixels.Should().Equal(ImageResizer.ResizeShorterSide(image, 5, filter).Pixels);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(6, 5)]
    [InlineData(1, int.MaxValue)]
    public void Ranges_that_are_none_are_refused(int min, int max) =>
        FluentActions.Invoking(() => new ScaleJitter { ShorterSide = (min, max) }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("ShorterSide must be a range of lengths of at least 1, the smaller number first.*");
}
