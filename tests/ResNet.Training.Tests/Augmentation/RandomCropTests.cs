using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class RandomCropTests
{
    [Fact]
    public void All_places_are_equally_likely()
    {
        var image = Pictures.Numbered(6, 5);
        var places = (from y in Enumerable.Range(0, 3) from x in Enumerable.Range(0, 4) select Convert.ToHexString(ImageCrop.At(image, x, y, 3, 3).Pixels))
            .ToDictionary(pixels => pixels, _ => 0);

        for (int i = 0; i < 12_000; i++)
        {
            places[Convert.ToHexString(new RandomCrop { Size = 3 }.Apply(image, SampleRandom.For(1, 0, i)).Pixels)]++;
        }

        // 11 degrees of freedom: mean 11, standard deviation 4.7.
        Pictures.ChiSquared(places.Values).Should().BeInRange(1, 30);
    }

    [Theory]
    [InlineData(4, 2, 8, 9)]
    [InlineData(3, 7, 4, 6)]
    public void Smaller_pictures_are_resized_and_not_padded(int width, int height, int size, int placeCount)
    {
        var image = Pictures.Reference(width, height);
        var resized = ImageResizer.ResizeShorterSide(image, size, ResizeFilter.Bicubic);
        var places = (from y in Enumerable.Range(0, resized.Height - size + 1)
                      from x in Enumerable.Range(0, resized.Width - size + 1)
                      select Convert.ToHexString(ImageCrop.At(resized, x, y, size, size).Pixels)).ToHashSet();
        var transform = new RandomCrop { Size = size, Filter = ResizeFilter.Bicubic };

        var seen = Enumerable.Range(0, 400).Select(i => Convert.ToHexString(transform.Apply(image, SampleRandom.For(0, 0, i)).Pixels)).ToHashSet();

        seen.Should().BeEquivalentTo(places).And.HaveCount(placeCount);
    }

    [Fact]
    public void A_picture_of_the_crops_size_stays()
    {
        var image = Pictures.Reference(4, 4);

        new RandomCrop { Size = 4 }.Apply(image, new SampleRandom(0)).Pixels.Should().Equal(image.Pixels);
    }

    [Fact]
    public void Sizes_below_1_are_refused() =>
        FluentActions.Invoking(() => new RandomCrop { Size = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Size must be at least 1.*");
}
