using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows a training run: how far it is and how fast, and a line for each epoch that stays.</summary>
internal sealed class TrainingDisplay(ProgressDisplay display) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <summary>Runs the training with a display that lasts as long as it does.</summary>
    public static TrainingResult Show(IAnsiConsole console, Func<IProgress<TrainingProgress>, TrainingResult> train, TimeProvider? clock = null) =>
        ProgressDisplay.Show(console, display => train(new TrainingDisplay(display)), betweenLines: BetweenLines, clock: clock);

    public void Report(TrainingProgress value)
    {
        if (value.ValidationTop1Error is { } error)
        {
            display.Say(
                $"epoch {value.Epoch:N0}: rate {value.LearningRate:G3}, loss {value.TrainLoss:F3}, training error {value.TrainError:P1}, validation error {error:P1}");
        }

        if (value.RecomputedShare is { } share)
        {
            display.Update(share, 1, "recomputing the statistics of batch normalisation");
            if (share >= 1)
            {
                display.Say("statistics of batch normalisation recomputed; the validation errors above are without that");
            }

            return;
        }

        display.Update(
            value.Iteration,
            value.IterationCount,
            $"epoch {value.Epoch:N0}, loss {value.TrainLoss:F3}, error {value.TrainError:P1}, {value.ImagesPerSecond:N0} images/s, "
                + $"{value.DataWaitShare:P0} waiting, iteration {value.Iteration:N0}/{value.IterationCount:N0}");
    }
}
