namespace ResNet.Training.Tests;

public sealed class WarmupScheduleTests
{
    private static readonly WarmupSchedule ForDeepNetworks = new() { Inner = new StepSchedule(), UntilTrainError = 0.8, StartFactor = 0.1 };

    [Theory]
    [InlineData(0, 0.208)]
    [InlineData(49, 0.6)]
    [InlineData(99, 1)]
    [InlineData(100, 1)]
    public void A_linear_warm_up_rises_from_its_start_to_the_full_rate(int iteration, double factor)
    {
        var warmup = new WarmupSchedule { Inner = new ConstantSchedule(), Length = 2, StartFactor = 0.2 };

        warmup.Start(1000, 50).FactorAt(iteration).Should().BeApproximately(factor, 1e-12);
    }

    [Fact]
    public void It_multiplies_with_the_schedule_inside()
    {
        var warmup = new WarmupSchedule { Inner = new StepSchedule { Milestones = [2], Unit = ScheduleUnit.Iteration }, Length = 4, Unit = ScheduleUnit.Iteration };
        var state = warmup.Start(10, 5);

        Enumerable.Range(0, 5).Select(state.FactorAt).Should().Equal([0.25, 0.5, 0.075, 0.1, 0.1], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void The_papers_ends_when_the_training_error_is_below_the_bound_and_not_before()
    {
        var state = ForDeepNetworks.Start(64_000, 351);

        for (int i = 0; i < 500; i++)
        {
            state.AfterIteration(2.3, 0.85);
        }

        state.FactorAt(500).Should().Be(0.1);
        for (int i = 0; i < 200; i++)
        {
            state.AfterIteration(2, 0.7);
        }

        state.FactorAt(700).Should().Be(1);
        state.AfterIteration(2.3, 1);
        state.FactorAt(701).Should().Be(1, "it does not return to the warm-up");
        state.FactorAt(32_000).Should().BeApproximately(0.1, 1e-12, "the drops stay where they are");
    }

    [Fact]
    public void One_lucky_batch_does_not_end_it()
    {
        var state = ForDeepNetworks.Start(64_000, 351);

        state.AfterIteration(2.3, 0.5);

        state.FactorAt(1).Should().Be(0.1);
    }

    [Fact]
    public void Validations_during_the_warm_up_are_no_plateau()
    {
        var warmup = new WarmupSchedule { Inner = new PlateauSchedule { Patience = 0 }, Length = 2, Unit = ScheduleUnit.Iteration };
        var state = warmup.Start(100, 1);

        for (int i = 0; i < 4; i++)
        {
            state.AfterIteration(1, 0.5);
            state.AfterValidation(0.5);
            state.FactorAt(2).Should().BeApproximately(i < 2 ? 1 : Math.Pow(0.1, i - 1), 1e-12);
        }
    }

    [Fact]
    public void Every_fault_is_listed_those_of_the_schedule_inside_too()
    {
        new WarmupSchedule { Inner = new CosineSchedule { Floor = 2 }, StartFactor = 1 }.Faults().Should().Equal(
            "Length and UntilTrainError of the warm-up are both null; give one of them.",
            "StartFactor is 1; it must be at least 0 and below 1.",
            "Floor is 2; it must be at least 0 and below 1.");
        new WarmupSchedule { Inner = new ConstantSchedule(), Length = -1, UntilTrainError = 80 }.Faults().Should().Equal(
            "Length and UntilTrainError of the warm-up are both given; leave one of them out.",
            "Length of the warm-up is -1; it must be above 0.",
            "UntilTrainError is 80; it must be between 0 and 1.",
            "StartFactor is 0; it must be above 0 and below 1.");
    }
}
