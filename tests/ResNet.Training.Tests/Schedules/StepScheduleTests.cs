namespace ResNet.Training.Tests;

public sealed class StepScheduleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(31_999, 1)]
    [InlineData(32_000, 0.1)]
    [InlineData(47_999, 0.1)]
    [InlineData(48_000, 0.01)]
    [InlineData(63_999, 0.01)]
    public void The_default_drops_where_the_paper_does(int iteration, double factor) =>
        new StepSchedule().FactorAt(iteration, 64_000).Should().BeApproximately(factor, 1e-12);

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(2, 0.75)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    public void Warm_up_rises_linearly_to_the_full_rate(int iteration, double factor) =>
        new StepSchedule { WarmupIterations = 4 }.FactorAt(iteration, 100).Should().Be(factor);

    [Fact]
    public void Equal_milestones_make_equal_schedules() =>
        new StepSchedule { Milestones = [0.2, 0.4] }.Should().Be(new StepSchedule { Milestones = [0.2, 0.4] });
}
