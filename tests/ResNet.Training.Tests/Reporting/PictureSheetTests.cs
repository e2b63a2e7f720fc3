using ResNet.Analysis;
using ResNet.Imaging;

namespace ResNet.Training.Tests;

public sealed class PictureSheetTests
{
    [Fact]
    public void Pictures_stand_in_rows_with_their_captions()
    {
        var picture = new SheetPicture(new RgbImage(2, 2, [.. Enumerable.Repeat((byte)200, 12)]), ["a caption that is much too long for its picture", "two"]);

        var sheet = PictureSheet.Draw([picture, picture, picture], columns: 2, cellSize: 64);

        sheet.Width.Should().Be(8 + (2 * 72));
        At(sheet, 8 + 32, 8 + 32).Should().Be(200);
        At(sheet, 8 + 72 + 32, 8 + 32).Should().Be(200);
        int rowHeight = (sheet.Height - 8) / 2;
        At(sheet, 8 + 32, 8 + rowHeight + 32).Should().Be(200);
        At(sheet, 8 + 72 + 32, 8 + rowHeight + 32).Should().Be(255, "there is no fourth picture");
        Enumerable.Range(0, 64).Any(x => At(sheet, 8 + x, 8 + 64 + 10) == 0).Should().BeTrue("the caption stands below");
    }

    [Fact]
    public void A_filter_is_scaled_by_itself_around_grey()
    {
        float[] weights = new float[2 * 3 * 9];
        weights[0] = 0.5f;           // the first filter's red, top left
        weights[9 + 8] = -0.25f;     // its green, bottom right
        weights[27 + 18 + 4] = 1e-4f; // the second one's blue, middle

        var sheet = FilterSheet.Draw(new FirstLayerFilters(2, 3, 3, weights));

        (sheet.Width, sheet.Height).Should().Be((4 + (2 * 58), 4 + 58));
        Pixel(sheet, 4, 4).Should().Equal(255, 128, 128);
        Pixel(sheet, 4 + 53, 4 + 53).Should().Equal(128, 64, 128);
        Pixel(sheet, 4 + 58 + 27, 4 + 27).Should().Equal(128, 128, 255);
        Pixel(sheet, 4 + 54, 10).Should().Equal(255, 255, 255);
    }

    [Fact]
    public void Filters_of_no_colours_are_no_picture()
    {
        var one = FilterSheet.Draw(new FirstLayerFilters(1, 1, 1, [3]));
        Pixel(one, 10, 10).Should().Equal(255, 255, 255);
        FluentActions.Invoking(() => FilterSheet.Draw(new FirstLayerFilters(1, 2, 1, [1, 2]))).Should().Throw<ArgumentException>()
            .WithMessage("The filters have 2 channels; only those of 1 channel (grey) or 3 (red, green, blue) are pictures.*");
    }

    private static byte At(RgbImage image, int x, int y) => Pixel(image, x, y)[0];

    private static byte[] Pixel(RgbImage image, int x, int y) => image.Pixels[(3 * ((y * image.Width) + x))..(3 * ((y * image.Width) + x + 1))];
}
