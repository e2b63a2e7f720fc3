using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class ToneAdjustmentTests
{
    [Fact]
    public void Equalize_is_Pillows()
    {
        // PIL.ImageOps.equalize of a picture of 13 x 22 whose byte i is (37 i % 97) // 4 + 100 + 20 (i % 3): what it makes of the 25 bytes in use.
        byte[][] made =
        [
            [0, 12, 24, 36, 48, 60, 72, 83, 95, 107, 119, 130, 142, 154, 165, 177, 189, 201, 212, 224, 236, 247, 255, 255, 255],
            [0, 12, 24, 35, 47, 59, 70, 82, 94, 106, 118, 130, 142, 154, 166, 178, 190, 201, 213, 225, 236, 248, 255, 255, 255],
            [0, 12, 23, 35, 47, 58, 70, 82, 94, 105, 117, 129, 140, 152, 164, 176, 187, 199, 211, 223, 235, 247, 255, 255, 255],
        ];
        var image = new RgbImage(13, 22, [.. Enumerable.Range(0, 3 * 13 * 22).Select(i => (byte)((37 * i % 97 / 4) + 100 + (20 * (i % 3))))]);

        byte[] result = Pictures.After(image, ToneAdjustment.Equalize);

        result.Should().Equal(image.Pixels.Select((value, i) => made[i % 3][value - 100 - (20 * (i % 3))]));
    }

    [Fact]
    public void Equalize_leaves_pictures_of_one_colour_and_tiny_ones()
    {
        var plain = Pictures.Plain(40, 9, 7, 8, 9);

        Pictures.After(plain, ToneAdjustment.Equalize).Should().Equal(plain.Pixels);
        Pictures.After(Pictures.Reference(), ToneAdjustment.Equalize).Should().Equal(Pictures.Reference().Pixels, "255 steps need more pixels");
    }

    [Fact]
    public void AutoContrast_is_torchvisions()
    {
        var image = new RgbImage(5, 4, Array.ConvertAll(Pictures.Reference().Pixels, value => (byte)((value / 3) + 40)));

        // functional.autocontrast(x // 3 + 40); the first two rows.
        Pictures.After(image, ToneAdjustment.AutoContrast)[..30].Should().Equal(
            0, 82, 255, 199, 213, 24, 183, 219, 241, 43, 178, 117, 121, 184, 148, 77, 63, 127, 251, 168, 158, 37, 146, 55, 40, 76, 192, 93, 149, 192);
    }

    [Fact]
    public void AutoContrast_leaves_channels_of_one_value()
    {
        var plain = Pictures.Plain(3, 3, 0, 100, 255);

        Pictures.After(plain, ToneAdjustment.AutoContrast).Should().Equal(plain.Pixels);
    }

    [Theory]
    [InlineData(8, 0xFF)]
    [InlineData(3, 0xE0)]
    [InlineData(1, 0x80)]
    public void Posterize_keeps_the_upper_bits(int bits, int mask)
    {
        var image = Pictures.Reference();

        Pictures.After(image, canvas => ToneAdjustment.Posterize(canvas, bits)).Should().Equal(image.Pixels.Select(value => (byte)(value & mask)));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(255)]
    [InlineData(110.5)]
    [InlineData(0)]
    public void Solarize_inverts_from_the_threshold_on(double threshold)
    {
        var image = new RgbImage(16, 16, [.. Enumerable.Range(0, 768).Select(i => (byte)i)]);

        Pictures.After(image, canvas => ToneAdjustment.Solarize(canvas, threshold)).Should()
            .Equal(image.Pixels.Select(value => (byte)(value < threshold ? value : 255 - value)));
    }
}
