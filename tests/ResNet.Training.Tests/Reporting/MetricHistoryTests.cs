namespace ResNet.Training.Tests;

public sealed class MetricHistoryTests
{
    [Fact]
    public void Two_points_of_one_iteration_become_one_that_keeps_the_series()
    {
        var window = Histories.Point(2) with { TrainLoss = 0.2, TrainError = 0.061, ValidationError = null, ValidationLoss = null };
        var epoch = Histories.Point(2) with { TrainLoss = 0.5, TrainError = 0.172, ValidationError = 0.08, ValidationLoss = 0.3, Elapsed = TimeSpan.FromMinutes(1) };

        var joined = MetricHistory.Joined([Histories.Point(1), window, epoch, Histories.Point(3)]);

        joined.Should().Equal(Histories.Point(1), window with { ValidationError = 0.08, ValidationLoss = 0.3, Elapsed = TimeSpan.FromMinutes(1) }, Histories.Point(3));
    }

    [Fact]
    public void One_point_an_iteration_stays_as_it_is() => MetricHistory.Joined(Histories.Points(5)).Should().Equal(Histories.Points(5));
}
