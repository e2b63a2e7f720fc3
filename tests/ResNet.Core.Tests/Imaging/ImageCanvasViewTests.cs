using ResNet.Imaging;

namespace ResNet.Core.Tests.Imaging;

/// <summary>Several canvases that show parts of one picture, and canvases that give their memory away.</summary>
public sealed class ImageCanvasViewTests
{
    [Theory]
    [InlineData(9, 7, 0)]
    [InlineData(60, 41, 0)]
    [InlineData(60, 41, 12)]
    [InlineData(41, 60, 13)]
    [InlineData(4, 5, 0)]
    public void Ten_windows_of_one_resized_canvas_are_the_ten_crops_of_the_resized_picture(int width, int height, int shorterSide)
    {
        var photo = TestPictures.Patterned(width, height);
        var resized = shorterSide == 0 ? photo : ImageResizer.ResizeShorterSide(photo, shorterSide, ResizeFilter.Bilinear);
        var canvas = Canvas(photo);
        if (shorterSide != 0)
        {
            canvas.ResizeShorterSide(shorterSide, ResizeFilter.Bilinear);
        }

        var whole = new ImageCanvas();
        canvas.HandTo(whole);
        var views = Enumerable.Range(0, TenCrop.Count).Select(crop => ViewOf(whole, crop)).ToArray();

        var crops = ImageCrop.Ten(resized, 4, 5);
        views.Select(Values).Should().BeEquivalentTo(crops.Select(Values), options => options.WithStrictOrdering());
        views.Select(view => view.ToImage().Pixels).Should().BeEquivalentTo(crops.Select(crop => crop.Pixels), options => options.WithStrictOrdering());
        whole.ToImage().Pixels.Should().Equal(resized.Pixels, "nothing was written into what they share");
    }

    [Fact]
    public void A_view_that_settles_outlives_the_picture()
    {
        var source = new ImageCanvas();
        TestPictures.Patterned(30, 20).Pixels.CopyTo(source.Begin(30, 20));
        var view = new ImageCanvas();
        view.ShowThatOf(source);
        view.Crop(-2, 3, 10, 20);
        view.Mirror();
        byte[] before = Bytes(view);

        view.Settle();
        source.Begin(30, 20).Fill(9);

        Bytes(view).Should().Equal(before);

        static byte[] Bytes(ImageCanvas canvas)
        {
            var copy = new ImageCanvas();
            copy.ShowThatOf(canvas);
            return copy.ToImage().Pixels;
        }
    }

    [Theory]
    [InlineData(6, 6)]
    [InlineData(60, 60)]
    public void Padding_stays_zero_after_a_pixel_mean_whatever_memory_the_picture_lies_in(int earlierWidth, int earlierHeight)
    {
        var mean = PixelMean.Of([TestPictures.Flat(6, 6, 100)]);
        var (canvas, other) = (new ImageCanvas(), new ImageCanvas());
        canvas.Begin(earlierWidth, earlierHeight).Clear();
        canvas.Begin(6, 6).Fill(151);
        canvas.Crop(-2, -2, 6, 6);

        canvas.HandTo(other);

        float[] values = new float[3 * 36];
        other.WriteTo(values, new NormalizationTable(Normalization.OfPixelMean(mean)), channelsLast: false);
        values.Take(12).Should().OnlyContain(value => value == 0);
        values.Skip(14).Take(4).Should().OnlyContain(value => value == (151 / 255f) - (100 / 255f));
    }

    private static ImageCanvas ViewOf(ImageCanvas whole, int crop)
    {
        var window = TenCrop.Window(crop, whole.Width, whole.Height, 4, 5);
        var view = new ImageCanvas();
        view.ShowThatOf(whole);
        view.Crop(window.X, window.Y, window.Width, window.Height);
        if (crop >= TenCrop.PlainCount)
        {
            view.Mirror();
        }

        return view;
    }

    private static float[] Values(ImageCanvas canvas)
    {
        float[] values = new float[3 * canvas.Width * canvas.Height];
        canvas.WriteTo(values, new NormalizationTable(Normalization.Cifar10), channelsLast: false);
        return values;
    }

    private static float[] Values(RgbImage image)
    {
        float[] values = new float[image.Pixels.Length];
        ImageTensor.WriteTo(values, image, Normalization.Cifar10);
        return values;
    }

    private static ImageCanvas Canvas(RgbImage image)
    {
        var canvas = new ImageCanvas();
        canvas.Load(image);
        return canvas;
    }
}
