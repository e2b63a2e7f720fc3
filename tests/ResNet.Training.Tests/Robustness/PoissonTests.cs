namespace ResNet.Training.Tests.Robustness;

public sealed class PoissonTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(7)]
    [InlineData(500)]
    public void Evenly_spaced_numbers_give_mean_and_variance(double mean)
    {
        const int Count = 100_000;
        int mode = (int)mean;
        double atMode = Poisson.Probability(mean, mode, Enumerable.Range(1, mode).Sum(k => Math.Log(k)));

        double[] found = [.. Enumerable.Range(0, Count).Select(i => (double)Poisson.Find((i + 0.5) / Count, mean, atMode))];

        found.Average().Should().BeApproximately(mean, 1e-3 * mean);
        found.Average(value => (value - mean) * (value - mean)).Should().BeApproximately(mean, 1e-2 * mean);
    }

    [Fact]
    public void The_largest_number_below_1_ends() =>
        Poisson.Find(1 - (1 / 9007199254740992.0), 500, 0.9 * Poisson.Probability(500, 500, Enumerable.Range(1, 500).Sum(k => Math.Log(k)))).Should().Be(500);

    [Fact]
    public void A_mean_of_0_gives_0() => Poisson.Find(0.999, 0, Poisson.Probability(0, 0, 0)).Should().Be(0);
}
