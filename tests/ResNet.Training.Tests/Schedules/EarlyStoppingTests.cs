using System.Text.Json.Nodes;

namespace ResNet.Training.Tests;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void It_stops_after_its_patience_without_an_improvement()
    {
        var state = new EarlyStopping { PatienceEpochs = 2 }.Start();

        Stops(state, [0.5, 0.4, 0.4, 0.39, 0.5, 0.39]).Should().Equal(false, false, false, false, false, true);
    }

    [Fact]
    public void An_improvement_must_be_as_large_as_asked_for() =>
        Stops(new EarlyStopping { PatienceEpochs = 2, MinImprovement = 0.05 }.Start(), [0.5, 0.46, 0.44, 0.43, 0.42])
            .Should().Equal(false, false, false, false, true);

    [Fact]
    public void A_saved_state_goes_on_where_it_was()
    {
        var first = new EarlyStopping { PatienceEpochs = 2 }.Start();
        Stops(first, [0.1 + 0.2, 0.4]);
        var second = new EarlyStopping { PatienceEpochs = 2 }.Start();

        second.Load(JsonNode.Parse(first.Save().ToJsonString())!.AsObject());

        second.ShouldStop.Should().BeFalse();
        Stops(second, [0.3]).Should().Equal([false], "0.3 is less than 0.1 + 0.2 in binary");
        Stops(second, [0.3, 0.3]).Should().Equal(false, true);
    }

    [Fact]
    public void Every_fault_is_listed() =>
        new EarlyStopping { PatienceEpochs = 0, MinImprovement = -1 }.Faults().Should().Equal(
            "PatienceEpochs is 0; it must be 1 or more.",
            "MinImprovement is -1; it must be at least 0 and below 1.");

    private static List<bool> Stops(EarlyStoppingState state, IEnumerable<double> errors) => [.. errors.Select(error =>
    {
        state.AfterValidation(error);
        return state.ShouldStop;
    })];
}
