using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResNet.Training.Tests;

/// <summary>What holds for every schedule: a state written as text and read again goes on to the last bit, and options can be read.</summary>
public sealed class ScheduleResumeTests
{
    private const int IterationCount = 120;
    private const int IterationsPerEpoch = 10;

    private static readonly LearningRateSchedule[] Schedules =
    [
        new ConstantSchedule(),
        new StepSchedule { WarmupIterations = 15 },
        new StepSchedule { Milestones = [30.5, 60], Unit = ScheduleUnit.Iteration, Factor = 0.3 },
        new CosineSchedule { Floor = 0.1 },
        new PlateauSchedule { Patience = 1, Cooldown = 1, Factor = 0.3 },
        new WarmupSchedule { Inner = new PlateauSchedule { Patience = 0 }, Length = 2.5, StartFactor = 0.01 },
        new WarmupSchedule { Inner = new PlateauSchedule { Patience = 2 }, UntilTrainError = 0.8, StartFactor = 0.1 },
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Schedules.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_run_resumed_after_any_iteration_gets_the_same_factors(int index)
    {
        var factors = new List<double>();
        var saved = new List<string>();
        var whole = Schedules[index].Start(IterationCount, IterationsPerEpoch);
        for (int i = 0; i < IterationCount; i++)
        {
            saved.Add(whole.Save().ToJsonString());
            factors.Add(whole.FactorAt(i));
            Tell(whole, i);
        }

        for (int start = 0; start < IterationCount; start += 7)
        {
            var resumed = Schedules[index].Start(IterationCount, IterationsPerEpoch);
            resumed.Load(JsonNode.Parse(saved[start])!.AsObject());
            for (int i = start; i < IterationCount; i++)
            {
                resumed.FactorAt(i).Should().Be(factors[i]);
                Tell(resumed, i);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Written_as_JSON_it_is_read_as_an_equal_one(int index)
    {
        string text = JsonSerializer.Serialize(Schedules[index]);

        JsonSerializer.Deserialize<LearningRateSchedule>(text).Should().Be(Schedules[index]);
    }

    [Fact]
    public void A_state_of_another_schedule_is_refused_and_what_is_missing_named()
    {
        var state = new PlateauSchedule().Start(10, 1);

        state.Invoking(s => s.Load([])).Should().Throw<FormatException>()
            .WithMessage("The saved state has no \"factor\"; it is of another kind or of another version.");
        state.Invoking(s => s.Load(new JsonObject { ["factor"] = "low" })).Should().Throw<FormatException>()
            .WithMessage("\"factor\" of the saved state is \"low\"; it must be a Double.");
    }

    /// <summary>Errors that scatter and fall slowly, with a plateau in the middle.</summary>
    private static void Tell(LearningRateState state, int iteration)
    {
        double error = (iteration is > 50 and < 90 ? 0.5 : 1 / (1 + (0.03 * iteration))) + (0.01 * Math.Sin(iteration));
        state.AfterIteration(2 * error, error);
        if ((iteration + 1) % IterationsPerEpoch == 0)
        {
            state.AfterValidation(error / 3);
        }
    }
}
