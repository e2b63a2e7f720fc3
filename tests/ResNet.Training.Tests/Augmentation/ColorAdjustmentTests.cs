using System.Security.Cryptography;
using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

/// <summary>The numbers are those of torchvision 0.14 for <see cref="Pictures.Reference"/> as a tensor of bytes, such as
/// <c>functional.adjust_brightness(x, 1.4)</c>, of which the first row is kept here.</summary>
public class ColorAdjustmentTests
{
    [Theory]
    [InlineData("brightness", 1.4, new byte[] { 0, 123, 255, 255, 255, 50, 249, 255, 255, 60, 247, 163, 166, 255, 201 })]
    [InlineData("contrast", 0.55, new byte[] { 59, 107, 190, 166, 175, 79, 157, 178, 184, 82, 156, 123, 124, 159, 138 })]
    [InlineData("contrast", 1.7, new byte[] { 0, 57, 255, 237, 255, 0, 210, 255, 255, 0, 208, 106, 110, 218, 152 })]
    [InlineData("saturation", 0.3, new byte[] { 54, 81, 126, 188, 193, 141, 197, 209, 212, 103, 144, 126, 147, 166, 154 })]
    [InlineData("saturation", 1.6, new byte[] { 0, 94, 255, 198, 227, 0, 161, 223, 239, 0, 205, 109, 95, 197, 135 })]
    [InlineData("saturation", 0, new byte[] { 78, 78, 78, 186, 186, 186, 206, 206, 206, 130, 130, 130, 159, 159, 159 })]
    [InlineData("hue", 0.2, new byte[] { 197, 0, 238, 35, 212, 89, 197, 178, 227, 42, 76, 177, 119, 145, 183 })]
    [InlineData("hue", -0.37, new byte[] { 140, 238, 0, 191, 35, 212, 227, 226, 178, 177, 87, 42, 183, 129, 119 })]
    public void Bytes_are_those_of_torchvision(string change, double amount, byte[] expected) =>
        After(change, amount)[..15].Should().Equal(expected);

    [Fact]
    public void Every_sector_of_hues_is_turned_as_torchvision_does()
    {
        After("hue", 0.2).Should().Equal(
            197, 0, 238, 35, 212, 89, 197, 178, 227, 42, 76, 177, 119, 145, 183, 126, 70, 108, 212, 244, 154, 36, 98, 147, 171, 41, 183, 141, 90, 184,
            21, 28, 178, 164, 164, 250, 24, 203, 76, 162, 165, 110, 23, 59, 156, 23, 156, 112, 210, 190, 36, 172, 207, 113, 134, 159, 11, 248, 191, 30);
        After("hue", -0.37).Should().Equal(
            140, 238, 0, 191, 35, 212, 227, 226, 178, 177, 87, 42, 183, 129, 119, 76, 126, 70, 154, 159, 244, 147, 38, 36, 112, 183, 41, 172, 184, 90,
            178, 105, 21, 250, 214, 164, 179, 24, 203, 110, 130, 165, 156, 64, 23, 156, 23, 123, 36, 129, 210, 113, 117, 207, 11, 48, 159, 30, 177, 248);
    }

    // SHA-256 of torchvision's bytes for the same formula at 101 x 67, which has thousands of colours and no length that vectors divide.
    [Theory]
    [InlineData("brightness", 0.37, "63D2F42C64A7FF03E4CEEBBAF90F81CA")]
    [InlineData("contrast", 1.23, "46E2A8D8CCB67DEA984D55CF6FB2193E")]
    [InlineData("saturation", 1.6, "5E73F4BF70D413851121D2302FE575C2")]
    [InlineData("saturation", 0.21, "88BE72A22AB7B6F2184E1F53E102BB30")]
    [InlineData("hue", 0.2, "63D28FDCB6D8407C3EC66CDD344DF7FF")]
    [InlineData("hue", -0.41, "52320DFFFED6482192EAC0C3D1DBDE90")]
    [InlineData("hue", 0.5, "6CCFBB302A5395C1B8AAFF29A0D7CEF7")]
    [InlineData("sharpness", 1.9, "F46579CE013BFE5678FA09A77B95F581")]
    [InlineData("sharpness", 0.25, "07237FDC700110712C3CB16C86518360")]
    public void A_whole_picture_is_as_torchvision_makes_it(string change, double amount, string digest) =>
        Convert.ToHexString(SHA256.HashData(After(change, amount, Pictures.Reference(101, 67))))[..32].Should().Be(digest);

    [Theory]
    [InlineData("brightness", 1)]
    [InlineData("contrast", 1)]
    [InlineData("saturation", 1)]
    [InlineData("hue", 0)]
    public void The_amount_that_is_none_changes_nothing(string change, double amount) =>
        After(change, amount).Should().Equal(Pictures.Reference().Pixels);

    [Fact]
    public void Greys_have_no_hue()
    {
        var grey = new RgbImage(256, 1, [.. Enumerable.Range(0, 768).Select(i => (byte)(i / 3))]);

        Pictures.After(grey, canvas => ColorAdjustment.Hue(canvas, 0.3)).Should().Equal(grey.Pixels);
    }

    private static byte[] After(string change, double amount, RgbImage? image = null) => Pictures.After(image ?? Pictures.Reference(), canvas =>
    {
        switch (change)
        {
            case "brightness":
                ColorAdjustment.Brightness(canvas, amount);
                break;
            case "contrast":
                ColorAdjustment.Contrast(canvas, amount);
                break;
            case "saturation":
                ColorAdjustment.Saturation(canvas, amount);
                break;
            case "sharpness":
                Sharpening.Apply(canvas, amount);
                break;
            default:
                ColorAdjustment.Hue(canvas, amount);
                break;
        }
    });
}
