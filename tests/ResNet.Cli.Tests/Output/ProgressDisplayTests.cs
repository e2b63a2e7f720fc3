using ResNet.Training;

namespace ResNet.Cli.Tests;

public sealed class ProgressDisplayTests
{
    private readonly SteppingClock _clock = new();

    [Fact]
    public void What_is_short_shows_nothing()
    {
        foreach (bool isTerminal in (bool[])[false, true])
        {
            var output = new WriterOutput(isTerminal);
            Show(output, display =>
            {
                display.Update(1, 2, "first");
                _clock.Step(1.9);
                display.Update(2, 2, "last");
            });

            output.Text.Should().NotContain("first").And.NotContain("last");
        }
    }

    [Fact]
    public void Lines_come_now_and_then_and_once_at_the_end_with_the_time_left()
    {
        var output = new WriterOutput(isTerminal: false);
        Show(output, display =>
        {
            for (int i = 0; i <= 10; i++)
            {
                display.Update(i, 10, $"{i} of 10");
                _clock.Step(0.8);
            }

            display.Update(10, 10, "10 of 10 again");
        });

        output.Lines.Should().Equal("3 of 10, 0:06 left", "6 of 10, 0:04 left", "9 of 10, 0:01 left", "10 of 10");
    }

    [Fact]
    public void What_was_done_before_does_not_make_the_time_left_shorter()
    {
        var output = new WriterOutput(isTerminal: false);
        Show(output, display =>
        {
            display.Update(5_000, 15_000, "goes on");
            _clock.Step(2);
            display.Update(5_001, 15_000, "one more");
        });

        output.Lines.Should().Equal("one more, 5:33:18 left");
    }

    [Fact]
    public void What_is_done_next_is_timed_by_itself()
    {
        var output = new WriterOutput(isTerminal: false);
        Show(output, display =>
        {
            display.Update(0.25, 1, "calibrating: 25 %");
            _clock.Step(3);
            display.Update(0.5, 1, "calibrating: 50 %");
            display.Update(1, 1, "calibrating: 100 %");
            display.Update(32, 96, "32 of 96 pictures");
            _clock.Step(5);
            display.Update(64, 96, "64 of 96 pictures");
        });

        output.Lines.Should().Equal("calibrating: 50 %, 0:06 left", "calibrating: 100 %", "64 of 96 pictures, 0:05 left");
    }

    [Fact]
    public void A_terminal_has_a_bar_and_lines_that_stay_above_it()
    {
        var output = new WriterOutput(isTerminal: true);
        Show(output, display =>
        {
            display.Update(0, 4, "none");
            _clock.Step(2);
            display.Update(1, 4, "one [of] four");
            display.Say("a line that stays");
            _clock.Step(0.3);
            display.Update(2, 4, "two");
        });

        output.Text.Should().ContainAll("25%", "0:06 left, one [of] four", "a line that stays\n", "50%", "0:03 left, two");
    }

    [Fact]
    public void A_narrow_terminal_keeps_bar_and_percentage_on_one_line()
    {
        var output = new WriterOutput(isTerminal: true) { Width = 40 };
        Show(output, display =>
        {
            display.Update(0, 4, "none");
            _clock.Step(2);
            display.Update(1, 4, "a long story that has no end and no room");
        });

        output.Text.Should().Contain("25%").And.Contain("0:06 left, a long s…").And.NotContain("story");
    }

    [Fact]
    public void Training_tells_speed_and_waiting_and_has_a_line_for_each_epoch()
    {
        var output = new WriterOutput(isTerminal: false);
        var start = new TrainingProgress
        {
            Iteration = 1000,
            IterationCount = 64_000,
            Epoch = 3,
            TrainLoss = 1.2341,
            TrainError = 0.4567,
            LearningRate = 0.1,
            ImagesPerSecond = 1234.2,
            DataWaitShare = 0.03,
        };
        var result = new TrainingResult
        {
            Iterations = 1,
            Epochs = 1,
            TrainLoss = 1,
            ValidationTop1Error = null,
            BestValidationTop1Error = null,
            OutputDirectory = null,
            Faults = [],
            History = [],
            Arithmetic = new ComputePath { ChannelsLast = false, BFloat16 = false, Reason = "a test" },
        };

        TrainingDisplay.Show(
            output.Console(),
            progress =>
            {
                progress.Report(start);
                _clock.Step(2);
                progress.Report(start with { Iteration = 1010 });
                progress.Report(start with { Iteration = 1010, ValidationTop1Error = 0.5 });
                progress.Report(start with { Iteration = 1010, RecomputedShare = 0.5 });
                _clock.Step(5);
                progress.Report(start with { Iteration = 1010, RecomputedShare = 0.75 });
                progress.Report(start with { Iteration = 1010, RecomputedShare = 1 });
                return result;
            },
            _clock).Should().BeSameAs(result);

        output.Lines.Should().Equal(
            "epoch 3, loss 1.234, error 45.7 %, 1,234 images/s, 3 % waiting, iteration 1,010/64,000, 3:29:58 left",
            "epoch 3: rate 0.1, loss 1.234, training error 45.7 %, validation error 50.0 %",
            "recomputing the statistics of batch normalisation, 0:05 left",
            "recomputing the statistics of batch normalisation",
            "statistics of batch normalisation recomputed; the validation errors above are without that");
    }

    private void Show(WriterOutput output, Action<ProgressDisplay> work) => ProgressDisplay.Show(
        output.Console(),
        display =>
        {
            work(display);
            return true;
        },
        clock: _clock);
}
