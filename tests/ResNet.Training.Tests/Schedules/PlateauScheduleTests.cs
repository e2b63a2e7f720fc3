namespace ResNet.Training.Tests;

public sealed class PlateauScheduleTests
{
    private static readonly double[] Errors =
    [
        0.9, 0.7, 0.6, 0.6, 0.601, 0.599, 0.5995, 0.5, 0.5, 0.5, 0.5, 0.499, 0.5, 0.4,
        0.45, 0.46, 0.44, 0.42, 0.41, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4,
    ];

    /// <summary>PyTorch's ReduceLROnPlateau(factor=0.1, patience=2, threshold=0.001, threshold_mode='abs', cooldown=2, min_lr=0.005, eps=0) after each of the errors, from a rate of 1.</summary>
    private static readonly double[] PyTorch =
    [
        1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01,
        0.01, 0.01, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005, 0.005,
    ];

    private static readonly PlateauSchedule Schedule = new() { Patience = 2, Threshold = 0.001, Cooldown = 2, Floor = 0.005 };

    [Fact]
    public void It_drops_where_PyTorchs_does() => Factors(Schedule.Start(100, 1), Errors).Should().Equal(PyTorch, (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void Without_an_improvement_it_drops_after_one_validation_more_than_its_patience() =>
        Factors(new PlateauSchedule { Patience = 1 }.Start(100, 1), [0.5, 0.5, 0.5, 0.5]).Should().Equal(1, 1, 0.1, 0.1);

    [Fact]
    public void An_error_that_is_no_number_is_no_improvement() =>
        Factors(new PlateauSchedule { Patience = 0 }.Start(100, 1), [0.5, double.NaN]).Should().Equal(1, 0.1);

    [Fact]
    public void Every_fault_is_listed() =>
        new PlateauSchedule { Factor = 1, Patience = -1, Threshold = -1, Cooldown = -1, Floor = 2 }.Faults().Should().Equal(
            "Factor is 1; it must be above 0 and below 1.",
            "Patience is -1; it must be 0 or more.",
            "Threshold is -1; it must be at least 0 and below 1.",
            "Cooldown is -1; it must be 0 or more.",
            "Floor is 2; it must be 0 to 1.");

    private static List<double> Factors(LearningRateState state, IEnumerable<double> errors) => [.. errors.Select(error =>
    {
        state.AfterValidation(error);
        return state.FactorAt(0);
    })];
}
