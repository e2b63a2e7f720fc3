using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class RandomResizedCropTests
{
    [Fact]
    public void Areas_are_uniform_and_ratios_log_uniform()
    {
        // Rectangles of at most 40 % always lie within a square, so that none is drawn again.
        var transform = new RandomResizedCrop { Scale = (0.1, 0.4) };
        int[] areas = new int[10], ratios = new int[10], columns = new int[10], rows = new int[10];
        for (int i = 0; i < 20_000; i++)
        {
            var window = transform.Window(3000, 3000, SampleRandom.For(0, 0, i));
            areas[Tenth((double)window.Width * window.Height / 9e6, 0.1, 0.4)]++;
            ratios[Tenth(Math.Log((double)window.Width / window.Height), Math.Log(3.0 / 4), Math.Log(4.0 / 3))]++;
            columns[Tenth(window.X, 0, 3000 - window.Width)]++;
            rows[Tenth(window.Y, 0, 3000 - window.Height)]++;
        }

        // 9 degrees of freedom: mean 9, standard deviation 4.2.
        new[] { areas, ratios, columns, rows }.Select(Pictures.ChiSquared).Should().OnlyContain(statistic => statistic < 28);
    }

    [Fact]
    public void The_paper_sized_defaults_stay_within_the_picture_and_their_ranges()
    {
        for (int i = 0; i < 5_000; i++)
        {
            var window = new RandomResizedCrop().Window(500, 375, SampleRandom.For(2, 0, i));
            (window.X >= 0 && window.Y >= 0 && window.X + window.Width <= 500 && window.Y + window.Height <= 375).Should().BeTrue();
            ((double)window.Width * window.Height / (500 * 375)).Should().BeInRange(0.079, 1);
            ((double)window.Width / window.Height).Should().BeInRange(0.74, 1.35);
        }
    }

    [Theory]
    [InlineData(100, 10, 43, 0, 13, 10)]
    [InlineData(10, 100, 0, 43, 10, 13)]
    [InlineData(100, 100, 0, 0, 100, 100)]
    [InlineData(1, 400, 0, 199, 1, 1)]
    public void Where_no_rectangle_fits_the_middle_is_taken(int width, int height, int x, int y, int cropWidth, int cropHeight)
    {
        var window = new RandomResizedCrop { Scale = (1, 1) }.Window(width, height, new SampleRandom(3));

        (window.X, window.Y, window.Width, window.Height).Should().Be((x, y, cropWidth, cropHeight));
    }

    [Fact]
    public void The_fallback_never_is_empty()
    {
        var window = new RandomResizedCrop { Scale = (1, 1), Ratio = (3, 4) }.Window(1, 1, new SampleRandom(0));

        (window.Width, window.Height).Should().Be((1, 1));
    }

    [Theory]
    [InlineData(ResizeFilter.Bilinear)]
    [InlineData(ResizeFilter.Bicubic)]
    public void The_rectangle_is_cut_out_before_it_is_resized(ResizeFilter filter)
    {
        var image = Pictures.Reference(40, 30);
        var transform = new RandomResizedCrop { Size = 16, Filter = filter };
        var window = transform.Window(40, 30, new SampleRandom(8));

        var result = transform.Apply(image, new SampleRandom(8));

        var cut = ImageCrop.At(image, window.X, window.Y, window.Width, window.Height);
        result.Pixels.Should().Equal(ImageResizer.Resize(cut, 16, 16, filter).Pixels);
    }

    [Fact]
    public void Ranges_that_are_none_are_refused()
    {
        FluentActions.Invoking(() => new RandomResizedCrop { Scale = (0, 1) }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Scale must be a range within 0 (excluded) and 1, the smaller number first.*");
        FluentActions.Invoking(() => new RandomResizedCrop { Scale = (0.5, 1.1) }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new RandomResizedCrop { Ratio = (2, 1) }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Ratio must be a range of finite numbers above 0, the smaller number first.*");
        FluentActions.Invoking(() => new RandomResizedCrop { Ratio = (1, double.NaN) }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static int Tenth(double value, double min, double max) => Math.Clamp((int)(10 * (value - min) / (max - min)), 0, 9);
}
