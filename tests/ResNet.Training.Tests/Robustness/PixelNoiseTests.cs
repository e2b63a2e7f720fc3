using ResNet.Training.Tests.Augmentation;

namespace ResNet.Training.Tests.Robustness;

/// <summary>The distributions of noise; bytes are rounded down, which takes half a step from the mean and adds a twelfth to the variance.</summary>
public sealed class PixelNoiseTests
{
    private const int Side = 200;
    private static readonly double Count = 3 * Side * Side;

    [Theory]
    [InlineData(1, 0.08)]
    [InlineData(2, 0.12)]
    public void Gaussian_noise_has_its_standard_deviation(int severity, double deviation)
    {
        var (mean, found) = Statistics(CorruptionKind.GaussianNoise, severity, 128);

        found.Should().BeApproximately(Math.Sqrt(Math.Pow(255 * deviation, 2) + (1 / 12.0)), 5 * 255 * deviation / Math.Sqrt(2 * Count));
        mean.Should().BeApproximately(127.5, 5 * 255 * deviation / Math.Sqrt(Count));
    }

    [Fact]
    public void Gaussian_noise_of_neighbouring_bytes_is_not_related()
    {
        double[] values = [.. Corrupted(CorruptionKind.GaussianNoise, 1, 128).Select(value => (double)value)];
        double mean = values.Average(), variance = values.Average(value => (value - mean) * (value - mean));

        foreach (int distance in new[] { 1, 2, 3, 3 * Side })
        {
            double together = values.Zip(values.Skip(distance), (a, b) => (a - mean) * (b - mean)).Average() / variance;
            Math.Abs(together).Should().BeLessThan(5 / Math.Sqrt(Count));
        }
    }

    [Theory]
    [InlineData(1, 60, 100)]
    [InlineData(1, 60, 40)]
    [InlineData(5, 3, 30)]
    public void Shot_noise_is_a_Poisson_number_of_quanta(int severity, int quanta, byte value)
    {
        double expected = quanta * value / 255.0;
        int[] counts = new int[200];
        foreach (byte found in Corrupted(CorruptionKind.ShotNoise, severity, value))
        {
            // The only number that becomes this byte, but 255, which all above share.
            counts[(int)Math.Ceiling(found * quanta / 255.0)]++;
        }

        double probability = Math.Exp(-expected);
        double chiSquared = 0;
        int degrees = 0;
        for (int k = 0; k < quanta; probability *= expected / ++k)
        {
            double due = Count * probability;
            if (due > 10)
            {
                chiSquared += (counts[k] - due) * (counts[k] - due) / due;
                degrees++;
            }
        }

        degrees.Should().BeGreaterThan(2);
        chiSquared.Should().BeLessThan(degrees + (5 * Math.Sqrt(2 * degrees)));
    }

    [Fact]
    public void Black_has_no_shot_noise_and_no_speckles()
    {
        Corrupted(CorruptionKind.ShotNoise, 5, 0).Should().OnlyContain(value => value == 0);
        Corrupted(CorruptionKind.SpeckleNoise, 5, 0).Should().OnlyContain(value => value == 0);
    }

    [Theory]
    [InlineData(1, 0.03)]
    [InlineData(5, 0.27)]
    public void Impulse_noise_makes_its_share_black_and_white(int severity, double share)
    {
        byte[] values = Corrupted(CorruptionKind.ImpulseNoise, severity, 77);

        double margin = 5 * Math.Sqrt(Count * share / 2);
        ((double)values.Count(value => value == 0)).Should().BeApproximately(Count * share / 2, margin);
        ((double)values.Count(value => value == 255)).Should().BeApproximately(Count * share / 2, margin);
        values.Should().OnlyContain(value => value == 0 || value == 77 || value == 255);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(120)]
    public void Speckles_grow_with_the_brightness(byte value)
    {
        var (_, found) = Statistics(CorruptionKind.SpeckleNoise, 1, value);

        double deviation = 0.15 * value;
        found.Should().BeApproximately(Math.Sqrt((deviation * deviation) + (1 / 12.0)), 5 * deviation / Math.Sqrt(2 * Count));
    }

    private static byte[] Corrupted(CorruptionKind kind, int severity, byte value) =>
        new Corruption(kind, severity).Apply(Pictures.Plain(Side, Side, value, value, value), new SampleRandom(17)).Pixels;

    private static (double Mean, double Deviation) Statistics(CorruptionKind kind, int severity, byte value)
    {
        byte[] values = Corrupted(kind, severity, value);
        double mean = values.Average(v => (double)v);
        return (mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))));
    }
}
