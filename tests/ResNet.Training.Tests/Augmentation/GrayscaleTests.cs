namespace ResNet.Training.Tests.Augmentation;

public class GrayscaleTests
{
    [Fact]
    public void All_channels_become_the_luma()
    {
        var image = Pictures.Reference();

        byte[] grey = new Grayscale { Probability = 1 }.Apply(image, new SampleRandom(0)).Pixels;

        // torchvision 0.14, functional_tensor.rgb_to_grayscale(x, 3), one number a pixel.
        byte[] luma = [78, 186, 206, 130, 159, 78, 189, 104, 80, 137, 127, 222, 177, 128, 109, 122, 94, 150, 55, 106];
        grey.Should().Equal(luma.SelectMany(value => new[] { value, value, value }));
    }

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(0.1, 850, 1150)]
    [InlineData(1.0, 10_000, 10_000)]
    public void The_share_of_grey_pictures_is_the_probability(double probability, int least, int most)
    {
        var image = Pictures.Plain(1, 1, 1, 2, 3);

        Enumerable.Range(0, 10_000)
            .Count(i => new Grayscale { Probability = probability }.Apply(image, SampleRandom.For(0, 0, i)).Pixels[2] != 3)
            .Should().BeInRange(least, most);
    }

    [Fact]
    public void Probabilities_outside_0_to_1_are_refused() =>
        FluentActions.Invoking(() => new Grayscale { Probability = 2 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Probability must be a number from 0 to 1.*");
}
