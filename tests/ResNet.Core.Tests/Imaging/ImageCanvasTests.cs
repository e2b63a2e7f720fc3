using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

public sealed class ImageCanvasTests
{
    private static readonly RgbImage Picture = Random(7, 5, seed: 1);

    [Fact]
    public void What_is_loaded_is_shown_and_never_written_to()
    {
        byte[] before = [.. Picture.Pixels];
        var canvas = Canvas(Picture);

        canvas.Read().ToArray().Should().Equal(before);
        canvas.Edit().Fill(9);

        Picture.Pixels.Should().Equal(before);
        canvas.Read().ToArray().Should().OnlyContain(value => value == 9);
    }

    [Fact]
    public void Crops_within_crops_and_mirrors_come_to_what_they_do_one_by_one()
    {
        var canvas = Canvas(Picture);
        canvas.Crop(1, 1, 5, 3);
        canvas.Mirror();
        canvas.Crop(0, 1, 3, 2);
        canvas.Mirror();
        canvas.Crop(1, 0, 2, 2);

        var expected = ImageCrop.At(ImageCrop.At(ImageCrop.At(Picture, 1, 1, 5, 3).Mirrored(), 0, 1, 3, 2).Mirrored(), 1, 0, 2, 2);
        canvas.ToImage().Pixels.Should().Equal(expected.Pixels);
        (canvas.Width, canvas.Height).Should().Be((2, 2));
    }

    [Theory]
    [InlineData(-2, -1)]
    [InlineData(4, 3)]
    [InlineData(-9, 0)]
    [InlineData(0, 40)]
    public void What_lies_outside_is_black(int x, int y)
    {
        var canvas = Canvas(Picture);
        canvas.Crop(x, y, 6, 4);

        canvas.ToImage().Pixels.Should().Equal(Padded(Picture, x, y, 6, 4));
    }

    [Fact]
    public void Of_a_resize_only_the_window_is_computed_and_is_the_same()
    {
        var photo = Random(60, 40, seed: 2);
        var canvas = Canvas(photo);
        canvas.ResizeShorterSide(30, ResizeFilter.Bilinear);
        canvas.Crop(-2, 3, 20, 40);
        canvas.Mirror();

        var resized = ImageResizer.ResizeShorterSide(photo, 30, ResizeFilter.Bilinear);
        canvas.ToImage().Pixels.Should().Equal(new RgbImage(20, 40, Padded(resized, -2, 3, 20, 40)).Mirrored().Pixels);
    }

    [Fact]
    public void A_crop_is_resized_as_if_it_had_been_copied_out()
    {
        var photo = Random(60, 40, seed: 3);
        var canvas = Canvas(photo);
        canvas.Crop(10, 5, 31, 23);
        canvas.Resize(16, 16, ResizeFilter.Bicubic);
        canvas.Resize(9, 11, ResizeFilter.Bilinear);

        var expected = ImageResizer.Resize(ImageResizer.Resize(ImageCrop.At(photo, 10, 5, 31, 23), 16, 16, ResizeFilter.Bicubic), 9, 11, ResizeFilter.Bilinear);
        canvas.ToImage().Pixels.Should().Equal(expected.Pixels);
    }

    [Fact]
    public void Memory_is_used_again_and_pictures_do_not_leak_into_one_another()
    {
        var canvas = new ImageCanvas();
        for (int round = 0; round < 3; round++)
        {
            foreach (var picture in new[] { Random(50, 30, 4), Random(8, 9, 5), Random(33, 64, 6) })
            {
                picture.Pixels.CopyTo(canvas.Begin(picture.Width, picture.Height));
                canvas.ResizeShorterSide(12, ResizeFilter.Bilinear);
                canvas.Crop(-1, -1, 10, 10);
                var fresh = Canvas(picture);
                fresh.ResizeShorterSide(12, ResizeFilter.Bilinear);
                fresh.Crop(-1, -1, 10, 10);
                canvas.ToImage().Pixels.Should().Equal(fresh.ToImage().Pixels);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_copy_into_a_batch_equals_the_pixels_normalized(bool channelsLast)
    {
        var canvas = Canvas(Picture);
        canvas.Crop(-1, 1, 6, 6);
        canvas.Mirror();
        var table = new NormalizationTable(Normalization.Cifar10);
        float[] values = new float[3 * 36];

        canvas.WriteTo(values, table, channelsLast);

        var flat = canvas.ToImage();
        float[] planes = new float[3 * 36];
        table.Write(planes, flat);
        float[] expected = channelsLast ? [.. Enumerable.Range(0, 3 * 36).Select(i => planes[((i % 3) * 36) + (i / 3)])] : planes;
        values.Should().Equal(expected);
    }

    [Fact]
    public void A_pixel_mean_is_subtracted_where_the_picture_was_before_it_moved_and_padding_is_zero()
    {
        var mean = PixelMean.Of([Random(7, 5, 8), Random(7, 5, 9)]);
        var canvas = Canvas(Picture);
        canvas.Crop(2, -1, 7, 5);
        canvas.Mirror();
        float[] values = new float[3 * 35];

        canvas.WriteTo(values, new NormalizationTable(Normalization.OfPixelMean(mean)), channelsLast: true);

        canvas.Fits(mean).Should().BeTrue();
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % 3, column = 6 - (i / 3 % 7), row = i / 21;
            (int x, int y) = (column + 2, row - 1);
            int at = (3 * ((y * 7) + x)) + channel;
            float expected = x >= 7 || y < 0 ? 0 : (Picture.Pixels[at] / 255f) - mean.Values.Span[at];
            values[i].Should().Be(expected, $"row {row}, column {column}, channel {channel}");
        }
    }

    [Fact]
    public void A_mean_of_the_crops_size_belongs_to_the_crop_and_another_one_to_none()
    {
        var mean = PixelMean.Of([Random(3, 2, 8)]);
        var canvas = Canvas(Picture);
        canvas.Crop(1, 2, 3, 2);
        float[] values = new float[18];

        canvas.WriteTo(values, new NormalizationTable(Normalization.OfPixelMean(mean)), channelsLast: true);

        var crop = ImageCrop.At(Picture, 1, 2, 3, 2);
        values.Should().Equal(crop.Pixels.Select((value, i) => (value / 255f) - mean.Values.Span[i]));
        canvas.Fits(mean).Should().BeTrue();
        canvas.Fits(PixelMean.Of([Random(4, 4, 8)])).Should().BeFalse();
    }

    [Fact]
    public void Sizes_below_one_are_refused()
    {
        var canvas = Canvas(Picture);
        canvas.Invoking(c => c.Crop(0, 0, 0, 1)).Should().Throw<ArgumentOutOfRangeException>();
        canvas.Invoking(c => c.Resize(1, 0, ResizeFilter.Bilinear)).Should().Throw<ArgumentOutOfRangeException>();
        canvas.Invoking(c => _ = c.Begin(0, 1).Length).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static ImageCanvas Canvas(RgbImage image)
    {
        var canvas = new ImageCanvas();
        canvas.Load(image);
        return canvas;
    }

    private static RgbImage Random(int width, int height, int seed)
    {
        byte[] pixels = new byte[3 * width * height];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }

    private static byte[] Padded(RgbImage image, int x, int y, int width, int height)
    {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            int column = (i / 3 % width) + x, row = (i / 3 / width) + y;
            bool isInside = column >= 0 && row >= 0 && column < image.Width && row < image.Height;
            pixels[i] = isInside ? image.Pixels[(3 * ((row * image.Width) + column)) + (i % 3)] : (byte)0;
        }

        return pixels;
    }
}
