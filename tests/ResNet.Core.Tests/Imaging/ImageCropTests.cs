namespace ResNet.Imaging;

public sealed class ImageCropTests
{
    /// <summary>round((size - crop) / 2) in Python: halves go to the even number.</summary>
    [Theory]
    [InlineData(341, 224, 58)]
    [InlineData(343, 224, 60)]
    [InlineData(256, 224, 16)]
    [InlineData(225, 224, 0)]
    [InlineData(227, 224, 2)]
    [InlineData(224, 224, 0)]
    public void The_centre_is_where_torchvision_has_it(int size, int crop, int offset)
    {
        RgbImage picture = TestPictures.Patterned(size, 1);
        ImageCrop.Center(picture, crop, 1).Pixels.Should().Equal(picture.Pixels.Skip(3 * offset).Take(3 * crop));
    }

    [Fact]
    public void A_crop_copies_its_rectangle()
    {
        RgbImage picture = TestPictures.Patterned(5, 4);
        RgbImage crop = ImageCrop.At(picture, 1, 2, 3, 2);
        (crop.Width, crop.Height).Should().Be((3, 2));
        crop.Pixels.Should().Equal(picture.Pixels[(3 * 11)..(3 * 14)].Concat(picture.Pixels[(3 * 16)..(3 * 19)]));
    }

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, 0, 6, 2)]
    [InlineData(4, 3, 2, 1)]
    [InlineData(0, 0, 0, 2)]
    [InlineData(0, 3, 2, 2)]
    [InlineData(1, 0, int.MaxValue, 1)]
    public void A_rectangle_outside_the_picture_is_refused(int x, int y, int width, int height)
    {
        Action crop = () => ImageCrop.At(TestPictures.Patterned(5, 4), x, y, width, height);
        crop.Should().Throw<ArgumentException>().WithMessage(
            $"A crop of {width}x{height} at ({x}, {y}) does not lie within a picture of 5x4; resize the picture first or ask for a smaller crop.*");
    }

    [Fact]
    public void A_crop_larger_than_the_picture_is_refused() =>
        ((Action)(() => ImageCrop.Center(TestPictures.Patterned(5, 4), 5, 5))).Should().Throw<ArgumentException>();
}
