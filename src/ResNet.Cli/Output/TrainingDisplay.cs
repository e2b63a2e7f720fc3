using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows a training run: a live bar on a terminal, a plain line now and then elsewhere.</summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);
    private readonly IAnsiConsole _console;
    private readonly ProgressTask? _bar;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly long _start;
    private long _lastLine;

    private TrainingDisplay(IAnsiConsole console, ProgressTask? bar)
    {
        _console = console;
        _bar = bar;
        _start = _lastLine = _clock.GetTimestamp();
    }

    /// <summary>Runs the training with a display that lasts as long as it does.</summary>
    public static TrainingResult Show(IAnsiConsole console, Func<IProgress<TrainingProgress>, TrainingResult> train)
    {
        if (!console.IsLive())
        {
            return train(new TrainingDisplay(console, null));
        }

        return console.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => train(new TrainingDisplay(console, context.AddTask("starting"))));
    }

    public void Report(TrainingProgress value)
    {
        if (value.ValidationTop1Error is { } error)
        {
            Line($"epoch {value.Epoch}: loss {value.TrainLoss:F3}, training error {value.TrainError:P1}, validation error {error:P1}");
        }

        string now = Describe(value);
        if (_bar is not null)
        {
            _bar.MaxValue = value.IterationCount;
            _bar.Value = value.Iteration;
            _bar.Description = Markup.Escape(now);
        }
        else if (_clock.GetElapsedTime(_lastLine) >= LineInterval)
        {
            Line($"iteration {value.Iteration}/{value.IterationCount}  {now}");
        }
    }

    private void Line(string text)
    {
        _lastLine = _clock.GetTimestamp();
        _console.WriteLine(text);
    }

    private string Describe(TrainingProgress value)
    {
        var left = _clock.GetElapsedTime(_start) * ((double)(value.IterationCount - value.Iteration) / value.Iteration);
        return $"epoch {value.Epoch}  loss {value.TrainLoss:F3}  error {value.TrainError:P1}  {value.ImagesPerSecond:F0} images/s  {Left(left)} left";
    }

    private static string Left(TimeSpan left) => left.TotalHours >= 1 ? $"{(int)left.TotalHours}:{left:mm\\:ss}" : $"{left:m\\:ss}";
}
