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
        new StepSchedule().Start(64_000, 351).FactorAt(iteration).Should().BeApproximately(factor, 1e-12);

    [Theory]
    [InlineData(ScheduleUnit.Iteration, 40, 40)]
    [InlineData(ScheduleUnit.Epoch, 2, 20)]
    [InlineData(ScheduleUnit.Epoch, 2.5, 25)]
    [InlineData(ScheduleUnit.RunShare, 0.3, 30)]
    public void Milestones_count_what_their_unit_says(ScheduleUnit unit, double milestone, int firstAfter)
    {
        var state = new StepSchedule { Milestones = [milestone], Unit = unit, Factor = 0.5 }.Start(100, 10);

        state.FactorAt(firstAfter - 1).Should().Be(1);
        state.FactorAt(firstAfter).Should().Be(0.5);
    }

    [Theory]
    [InlineData(0, 0.25)]
    [InlineData(2, 0.75)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(50, 0.1)]
    public void Warm_up_rises_linearly_to_the_full_rate_and_leaves_the_milestones_where_they_are(int iteration, double factor) =>
        new StepSchedule { WarmupIterations = 4 }.Start(100, 10).FactorAt(iteration).Should().Be(factor);

    [Fact]
    public void Equal_milestones_make_equal_schedules()
    {
        new StepSchedule { Milestones = [0.2, 0.4] }.Should().Be(new StepSchedule { Milestones = [0.2, 0.4] });
        new StepSchedule { Milestones = [2, 4], Unit = ScheduleUnit.Epoch }.Should()
            .NotBe(new StepSchedule { Milestones = [2, 4], Unit = ScheduleUnit.Iteration });
    }

    [Fact]
    public void Its_text_has_the_milestones() =>
        new StepSchedule().ToString().Should().Be("StepSchedule { Milestones = [0.5, 0.75], Unit = RunShare, Factor = 0.1, WarmupIterations = 0 }");

    [Fact]
    public void Every_fault_is_listed()
    {
        new StepSchedule { Milestones = [0.5, 2], Factor = 0, WarmupIterations = -1 }.Faults().Should().Equal(
            "Milestones are [0.5, 2]; they must rise and lie between 0 and 1.",
            "Factor is 0; it must be above 0 and at most 1.",
            "WarmupIterations is -1; it must be 0 or more.");
        new StepSchedule { Milestones = [30, 60], Unit = ScheduleUnit.Epoch }.Faults().Should().BeEmpty();
        new StepSchedule { Milestones = [60, 30], Unit = ScheduleUnit.Epoch }.Faults().Should()
            .Equal("Milestones are [60, 30]; they must rise and lie above 0.");
    }
}
