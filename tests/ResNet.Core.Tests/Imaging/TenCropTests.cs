namespace ResNet.Imaging;

public sealed class TenCropTests
{
    [Theory]
    [InlineData(9, 7)]
    [InlineData(8, 7)]
    [InlineData(5, 5)]
    [InlineData(5, 12)]
    public void Crops_are_the_corners_and_the_middle_then_those_of_the_mirror_image(int width, int height)
    {
        RgbImage picture = TestPictures.Patterned(width, height);
        RgbImage mirror = Mirror(picture);
        RgbImage[] expected = [.. Five(picture), .. Five(mirror)];

        var crops = ImageCrop.Ten(picture, 4, 5);

        crops.Should().HaveCount(10).And.OnlyContain(crop => crop.Width == 4 && crop.Height == 5);
        crops.Select(crop => crop.Pixels).Should().BeEquivalentTo(expected.Select(crop => crop.Pixels), o => o.WithStrictOrdering());
    }

    [Fact]
    public void A_crop_larger_than_the_picture_is_refused() =>
        ((Action)(() => ImageCrop.Ten(TestPictures.Patterned(5, 4), 5, 5))).Should().Throw<ArgumentException>().WithMessage("A crop of 5x5 at (0, 0)*");

    private static RgbImage[] Five(RgbImage picture) =>
    [
        ImageCrop.At(picture, 0, 0, 4, 5),
        ImageCrop.At(picture, picture.Width - 4, 0, 4, 5),
        ImageCrop.At(picture, 0, picture.Height - 5, 4, 5),
        ImageCrop.At(picture, picture.Width - 4, picture.Height - 5, 4, 5),
        ImageCrop.Center(picture, 4, 5),
    ];

    private static RgbImage Mirror(RgbImage picture) => new(
        picture.Width, picture.Height, [.. picture.Pixels.Chunk(3 * picture.Width).SelectMany(row => row.Chunk(3).Reverse().SelectMany(pixel => pixel))]);
}
