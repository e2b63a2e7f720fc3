namespace ResNet.Training.Tests.Augmentation;

public class PcaLightingTests
{
    [Fact]
    public void Alphas_of_one_half_add_half_of_each_component()
    {
        var image = Pictures.Plain(7, 5, 200, 100, 17);

        var result = new PcaLighting { StdDev = 0.5 }.Apply(image, new NormalOne());

        // By hand, 255 * 0.5 * (row of vectors . values): -13.8, -16.6, -17.6; the last one would go below 0.
        result.Pixels.Should().Equal(Pictures.Plain(7, 5, 186, 83, 0).Pixels);
    }

    [Fact]
    public void Shifts_have_the_covariance_of_ImageNets_colours()
    {
        var image = Pictures.Plain(1, 1, 128, 128, 128);
        const int Count = 40_000;
        double[] sums = new double[3], squares = new double[3];
        double redBlue = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] pixels = new PcaLighting().Apply(image, SampleRandom.For(0, 0, i)).Pixels;
            for (int channel = 0; channel < 3; channel++)
            {
                double shift = pixels[channel] - 128;
                sums[channel] += shift;
                squares[channel] += shift * shift;
            }

            redBlue += (pixels[0] - 128.0) * (pixels[2] - 128.0);
        }

        // By hand: 25.5 times the root of the sum over components of (vector * value) squared, and 1/12 for the rounding to bytes.
        sums.Should().OnlyContain(sum => Math.Abs(sum / Count) < 0.07);
        Math.Sqrt((squares[0] / Count) - (1 / 12.0)).Should().BeApproximately(3.167, 0.05);
        Math.Sqrt((squares[1] / Count) - (1 / 12.0)).Should().BeApproximately(3.223, 0.05);
        Math.Sqrt((squares[2] / Count) - (1 / 12.0)).Should().BeApproximately(3.254, 0.05);
        (redBlue / Count).Should().BeApproximately(10.07, 0.3);
    }

    [Fact]
    public void Without_deviation_pictures_stay()
    {
        var image = Pictures.Reference();

        new PcaLighting { StdDev = 0 }.Apply(image, new SampleRandom(1)).Pixels.Should().Equal(image.Pixels);
        FluentActions.Invoking(() => new PcaLighting { StdDev = -1 }).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("StdDev must be a finite number of at least 0.*");
    }

    [Fact]
    public void Shifts_beyond_the_ends_are_clamped()
    {
        var image = Pictures.Reference(9, 9);

        var result = new PcaLighting { StdDev = 1e9 }.Apply(image, new SampleRandom(1));

        result.Pixels.Should().OnlyContain(value => value == 0 || value == 255);
    }

    /// <summary>Makes Box and Muller's transform give 1 each time.</summary>
    private sealed class NormalOne : Random
    {
        private bool _isSecond;

        public override double NextDouble()
        {
            _isSecond = !_isSecond;
            return _isSecond ? 1 - Math.Exp(-0.5) : 0;
        }
    }
}
