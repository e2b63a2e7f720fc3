namespace ResNet.Imaging;

public sealed class RawPixelsTests
{
    /// <summary>Two pixels, (1, 2, 3) and (4, 5, 6), in every format; 16-bit ones have 0x80 below.</summary>
    public static TheoryData<PixelFormat, byte[]> Formats { get; } = new()
    {
        { PixelFormat.Rgb24, [1, 2, 3, 4, 5, 6] },
        { PixelFormat.Bgr24, [3, 2, 1, 6, 5, 4] },
        { PixelFormat.Rgba32, [1, 2, 3, 99, 4, 5, 6, 99] },
        { PixelFormat.Bgra32, [3, 2, 1, 99, 6, 5, 4, 99] },
        { PixelFormat.Argb32, [99, 1, 2, 3, 99, 4, 5, 6] },
        { PixelFormat.Rgb48, [128, 1, 128, 2, 128, 3, 128, 4, 128, 5, 128, 6] },
        { PixelFormat.Bgr48, [128, 3, 128, 2, 128, 1, 128, 6, 128, 5, 128, 4] },
        { PixelFormat.Rgba64, [128, 1, 128, 2, 128, 3, 99, 99, 128, 4, 128, 5, 128, 6, 99, 99] },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Channels_are_found_in_every_format(PixelFormat format, byte[] memory) =>
        RgbImage.FromPixels(memory, 2, 1, memory.Length, format).Pixels.Should().Equal(1, 2, 3, 4, 5, 6);

    [Fact]
    public void Every_colour_format_is_tried_above() =>
        Formats.Select(row => row[0]).Concat([PixelFormat.Gray8, PixelFormat.Gray16]).Should().BeEquivalentTo(Enum.GetValues<PixelFormat>().Cast<object>());

    [Fact]
    public void Grey_is_replicated()
    {
        RgbImage.FromPixels([7, 9], 2, 1, 2, PixelFormat.Gray8).Pixels.Should().Equal(7, 7, 7, 9, 9, 9);
        RgbImage.FromPixels([255, 7, 0, 9], 2, 1, 4, PixelFormat.Gray16).Pixels.Should().Equal(7, 7, 7, 9, 9, 9);
    }

    [Fact]
    public void Numbers_of_16_bits_keep_the_upper_byte_as_in_the_decoder()
    {
        ushort[] numbers = [0x01FF, 0x02FF, 0x03FF, 0xFFFF, 0x00FF, 0x8000];
        RgbImage.FromPixels(numbers, 2, 1, 12, PixelFormat.Rgb48).Pixels.Should().Equal(1, 2, 3, 255, 0, 128);
        RgbImage.FromPixels(numbers, 2, 3, 4, PixelFormat.Gray16).Row(2).ToArray().Should().Equal(0, 0, 0, 128, 128, 128);
    }

    [Fact]
    public void What_lies_between_rows_is_skipped()
    {
        byte[] memory = [1, 2, 3, 4, 5, 6, 90, 91, 7, 8, 9, 10, 11, 12];
        RgbImage picture = RgbImage.FromPixels(memory, 2, 2, 8, PixelFormat.Rgb24);
        (picture.Width, picture.Height).Should().Be((2, 2));
        picture.Pixels.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    [Fact]
    public void A_negative_stride_means_bottom_up()
    {
        byte[] memory = [7, 8, 9, 90, 4, 5, 6, 91, 1, 2, 3];
        RgbImage.FromPixels(memory, 1, 3, -4, PixelFormat.Rgb24).Pixels.Should().Equal(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Fact]
    public void The_memory_is_copied()
    {
        byte[] memory = [1, 2, 3];
        RgbImage picture = RgbImage.FromPixels(memory, 1, 1, 3, PixelFormat.Rgb24);
        memory[0] = 50;
        picture.Pixels.Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        ((Action)(() => RgbImage.FromPixels(new byte[100], 3, 3, 8, PixelFormat.Rgb24))).Should().Throw<ArgumentException>().WithMessage(
            "A row of 3 pixels of Rgb24 takes 9 bytes, but the stride is 8; give the distance in bytes from one row to the next.*");
        ((Action)(() => RgbImage.FromPixels(new byte[28], 3, 3, 10, PixelFormat.Rgb24))).Should().Throw<ArgumentException>().WithMessage(
            "A picture of 3x3 pixels of Rgb24 with stride 10 takes 29 bytes, but there are 28.*");
        ((Action)(() => RgbImage.FromPixels(new byte[28], 3, 3, -10, PixelFormat.Rgb24))).Should().Throw<ArgumentException>();
        ((Action)(() => RgbImage.FromPixels(new byte[3], 0, 1, 3, PixelFormat.Rgb24))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => RgbImage.FromPixels(new byte[3], 1, -1, 3, PixelFormat.Rgb24))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => RgbImage.FromPixels(new byte[3], 1, 1, 3, (PixelFormat)77))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => RgbImage.FromPixels(new ushort[3], 1, 1, 6, PixelFormat.Rgb24))).Should().Throw<ArgumentException>()
            .WithMessage("Rgb24 has 8 bits a channel, but the pixels have 16; pass bytes, or Gray16, Rgb48, Bgr48 or Rgba64.*");
    }

    [Theory]
    [InlineData(int.MaxValue, 1, int.MaxValue)]
    [InlineData(1, int.MaxValue, int.MaxValue)]
    [InlineData(1, int.MaxValue, int.MinValue)]
    [InlineData(1 << 30, 1 << 30, 8)]
    [InlineData(715_827_883, 1, int.MaxValue)]
    public void Sizes_that_overflow_are_refused(int width, int height, int stride) =>
        ((Action)(() => RgbImage.FromPixels(new byte[64], width, height, stride, PixelFormat.Rgba32))).Should().Throw<ArgumentException>();
}
