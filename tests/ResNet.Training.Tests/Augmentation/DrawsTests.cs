namespace ResNet.Training.Tests.Augmentation;

public class DrawsTests
{
    [Fact]
    public void Normal_numbers_fill_the_bell()
    {
        // Ten ranges of equal probability.
        double[] limits = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816];
        int[] counts = new int[10];
        var random = new SampleRandom(4);
        for (int i = 0; i < 50_000; i++)
        {
            double value = random.Normal();
            counts[limits.Count(limit => value > limit)]++;
        }

        Pictures.ChiSquared(counts).Should().BeLessThan(28);
    }

    [Fact]
    public void The_least_and_greatest_uniform_numbers_give_finite_normal_ones()
    {
        new Constant(0).Normal().Should().Be(0);
        new Constant(1 - (1.0 / (1L << 53))).Normal().Should().BeInRange(8, 9);
    }

    private sealed class Constant(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
