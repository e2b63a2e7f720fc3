namespace ResNet.Training.Tests;

public sealed class CurveDataTests
{
    [Fact]
    public void Drops_stand_where_the_old_rate_was_used_last()
    {
        var points = Rates(0.1, 0.1, 0.1, 0.01, 0.01, 0.001);

        CurveData.Drops(points).Should().Equal((30, 0.01), (50, 0.001));
    }

    [Fact]
    public void A_rate_that_rises_or_falls_all_the_time_has_no_drops()
    {
        CurveData.Drops(Rates(0.01, 0.1, 0.1)).Should().BeEmpty();
        CurveData.Drops(Rates([.. Enumerable.Range(0, 20).Select(i => 0.1 * (1 + Math.Cos(Math.PI * i / 20)))])).Should().BeEmpty();
    }

    [Fact]
    public void A_short_history_is_drawn_point_by_point()
    {
        var (iterations, percents) = CurveData.Training(Histories.Points(3));

        iterations.Should().Equal(10, 20, 30);
        percents.Should().Equal([50, 25, 50.0 / 3], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void A_long_history_is_averaged_by_iterations_and_ends_where_it_ends()
    {
        // Pairs of 1 and 3 iterations, with errors of 0 and 0.4: 0.3 on average.
        MetricPoint[] points =
        [
            .. Enumerable.Range(0, 1000).Select(i => Histories.Point(1) with { Iteration = (i / 2 * 4) + (i % 2 == 0 ? 1 : 4), TrainError = i % 2 == 0 ? 0 : 0.4 }),
        ];

        var (iterations, percents) = CurveData.Training(points);

        iterations.Should().HaveCount(500).And.EndWith(2000);
        percents.Should().AllSatisfy(percent => percent.Should().BeApproximately(30, 1e-9));
    }

    [Fact]
    public void Validations_are_drawn_where_they_were()
    {
        MetricPoint[] points = [Histories.Point(1) with { ValidationError = null }, Histories.Point(2), Histories.Point(3) with { ValidationError = null }];

        var (iterations, percents) = CurveData.Validation(points);

        iterations.Should().Equal(20);
        percents.Should().Equal(30);
    }

    [Fact]
    public void The_height_fits_what_comes_after_the_start()
    {
        CurveData.Top(([10, 600, 1000], [90, 20, 10])).Should().BeApproximately(1.08 * 20, 1e-9);
        CurveData.Top(([10, 1000], [90, 20]), ([], [])).Should().BeApproximately(1.08 * 20, 1e-9);
        CurveData.Top(([10], [0])).Should().Be(1, "a perfect network needs a height too");
    }

    private static MetricPoint[] Rates(params double[] rates) => [.. rates.Select((rate, i) => Histories.Point(i + 1) with { LearningRate = rate })];
}
