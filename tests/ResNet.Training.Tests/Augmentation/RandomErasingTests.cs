using ResNet.Imaging;

namespace ResNet.Training.Tests.Augmentation;

public class RandomErasingTests
{
    [Fact]
    public void Areas_are_uniform_and_ratios_log_uniform()
    {
        // Rectangles of these ranges always lie within a square, so that none is drawn again.
        var transform = new RandomErasing { Scale = (0.02, 0.3) };
        int[] areas = new int[10], ratios = new int[10], columns = new int[10], rows = new int[10];
        for (int i = 0; i < 20_000; i++)
        {
            var window = transform.Window(3000, 3000, SampleRandom.For(0, 0, i))!.Value;
            areas[Tenth((double)window.Width * window.Height / 9e6, 0.02, 0.3)]++;
            ratios[Tenth(Math.Log((double)window.Height / window.Width), Math.Log(0.3), Math.Log(3.3))]++;
            columns[Tenth(window.X, 0, 3000 - window.Width)]++;
            rows[Tenth(window.Y, 0, 3000 - window.Height)]++;
        }

        // 9 degrees of freedom: mean 9, standard deviation 4.2.
        new[] { areas, ratios, columns, rows }.Select(Pictures.ChiSquared).Should().OnlyContain(statistic => statistic < 28);
    }

    [Fact]
    public void Only_the_rectangle_is_painted()
    {
        var image = Pictures.Reference(20, 14);
        for (int i = 0; i < 50; i++)
        {
            var random = SampleRandom.For(0, 0, i);
            _ = random.NextDouble();
            var window = new RandomErasing().Window(20, 14, random)!.Value;

            byte[] pixels = new RandomErasing { Probability = 1 }.Apply(image, SampleRandom.For(0, 0, i)).Pixels;

            byte[] mean = [124, 116, 104];
            pixels.Should().Equal(image.Pixels.Select((value, at) =>
            {
                int x = at / 3 % 20, y = at / 60;
                bool isInside = x >= window.X && x < window.X + window.Width && y >= window.Y && y < window.Y + window.Height;
                return isInside ? mean[at % 3] : value;
            }));
        }
    }

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(0.1, 850, 1150)]
    [InlineData(1.0, 10_000, 10_000)]
    public void The_share_of_erased_pictures_is_the_probability(double probability, int least, int most)
    {
        var image = Pictures.Plain(8, 8, 1, 1, 1);
        var transform = new RandomErasing { Probability = probability, Scale = (0.1, 0.3), Fill = ErasingFill.Black };

        Enumerable.Range(0, 10_000).Count(i => transform.Apply(image, SampleRandom.For(0, 0, i)).Pixels.Contains((byte)0)).Should().BeInRange(least, most);
    }

    [Fact]
    public void Where_no_rectangle_is_smaller_than_the_picture_it_stays()
    {
        var image = Pictures.Reference();

        new RandomErasing { Probability = 1, Scale = (1, 1) }.Apply(image, new SampleRandom(0)).Pixels.Should().Equal(image.Pixels);
    }

    [Fact]
    public void Noise_is_normal_after_normalization()
    {
        // Half of the standard deviation keeps the noise off the ends of the bytes.
        var normalization = new Normalization { Mean = [0.5f, 0.4f, 0.6f], StdDev = [0.05f, 0.06f, 0.07f] };
        var fill = ErasingFill.Noise(normalization);
        byte[] row = new byte[3 * 20_000];

        fill.Paint(row, new SampleRandom(6));

        for (int channel = 0; channel < 3; channel++)
        {
            double[] values = [.. row.Where((_, i) => i % 3 == channel).Select(value => ((value / 255.0) - normalization.Mean[channel]) / normalization.StdDev[channel])];
            values.Average().Should().BeApproximately(0, 0.04);
            values.Average(value => value * value).Should().BeApproximately(1, 0.04);
        }
    }

    [Fact]
    public void Fills_tell_what_they_paint_and_are_equal_when_they_paint_the_same()
    {
        ErasingFill.Black.ToString().Should().Be("0 0 0");
        ErasingFill.Mean(Normalization.ImageNet).ToString().Should().Be("124 116 104");
        ErasingFill.Noise(Normalization.ImageNet).ToString().Should().Be("124 116 104 +- 58.4 57.1 57.4");
        ErasingFill.Mean(Normalization.ImageNet).Should().Be(ErasingFill.Color(124, 116, 104)).And.NotBe(ErasingFill.Noise(Normalization.ImageNet));
    }

    private static int Tenth(double value, double min, double max) => Math.Clamp((int)(10 * (value - min) / (max - min)), 0, 9);
}
