namespace ResNet.Imaging;

public sealed class RgbImageTests
{
    [Fact]
    public void The_array_must_fit_the_size()
    {
        ((Action)(() => _ = new RgbImage(2, 3, new byte[17]))).Should().Throw<ArgumentException>()
            .WithMessage("A picture of 2x3 takes 18 bytes (3 a pixel), but the array has 17.*");
        ((Action)(() => _ = new RgbImage(0, 3, []))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = new RgbImage(3, -1, []))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = new RgbImage(50_000, 50_000, new byte[16]))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void The_array_is_not_copied()
    {
        byte[] pixels = [1, 2, 3];
        new RgbImage(1, 1, pixels).Pixels.Should().BeSameAs(pixels);
    }
}
