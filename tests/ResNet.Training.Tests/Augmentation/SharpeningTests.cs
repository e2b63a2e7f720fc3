namespace ResNet.Training.Tests.Augmentation;

public class SharpeningTests
{
    [Fact]
    public void Bytes_are_those_of_torchvision()
    {
        // torchvision 0.14, functional.adjust_sharpness(x, factor) of the reference picture.
        Pictures.After(Pictures.Reference(), canvas => Sharpening.Apply(canvas, 0.25)).Should().Equal(
            0, 88, 238, 194, 212, 36, 178, 217, 227, 43, 177, 117, 119, 183, 144, 76, 70, 126, 181, 169, 145, 90, 161, 96, 71, 121, 154, 91, 152, 184,
            22, 178, 140, 150, 197, 167, 171, 163, 69, 146, 112, 110, 24, 156, 94, 94, 156, 24, 210, 37, 91, 207, 129, 113, 159, 11, 16, 248, 30, 130);
        Pictures.After(Pictures.Reference(), canvas => Sharpening.Apply(canvas, 1.9)).Should().Equal(
            0, 88, 237, 194, 212, 36, 177, 217, 227, 42, 176, 117, 118, 182, 144, 75, 70, 126, 255, 166, 163, 0, 129, 22, 5, 32, 217, 90, 151, 184,
            22, 177, 140, 180, 255, 255, 205, 250, 0, 187, 109, 128, 24, 156, 93, 93, 156, 24, 210, 36, 90, 207, 129, 113, 159, 11, 16, 247, 30, 130);
    }

    [Theory]
    [InlineData(5, 4, 1.0)]
    [InlineData(2, 9, 0.3)]
    [InlineData(9, 1, 0.3)]
    public void A_factor_of_1_and_pictures_without_an_inside_stay(int width, int height, double factor)
    {
        var image = Pictures.Reference(width, height);

        Pictures.After(image, canvas => Sharpening.Apply(canvas, factor)).Should().Equal(image.Pixels);
    }
}
