using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class HorizontalFlipTests
{
    [Fact]
    public void Left_and_right_are_exchanged_and_colours_stay()
    {
        var image = new RgbImage(3, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19]);

        var flipped = new HorizontalFlip { Probability = 1 }.Apply(image, new SampleRandom(0));

        flipped.Pixels.Should().Equal(7, 8, 9, 4, 5, 6, 1, 2, 3, 17, 18, 19, 14, 15, 16, 11, 12, 13);
        image.Pixels[0].Should().Be(1, "the picture itself stays");
    }

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(0.5, 4_750, 5_250)]
    [InlineData(0.1, 850, 1_150)]
    [InlineData(1.0, 10_000, 10_000)]
    public void The_share_of_flipped_pictures_is_the_probability(double probability, int least, int most)
    {
        var flip = new HorizontalFlip { Probability = probability };
        var image = TinyDataset.Picture(0);

        Enumerable.Range(0, 10_000).Count(i => !flip.Apply(image, SampleRandom.For(0, 0, i)).Pixels.AsSpan().SequenceEqual(image.Pixels)).Should().BeInRange(least, most);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Probabilities_outside_0_to_1_are_refused(double probability)
    {
        FluentActions.Invoking(() => new HorizontalFlip { Probability = probability }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Probability must be a number from 0 to 1.*");
    }
}
