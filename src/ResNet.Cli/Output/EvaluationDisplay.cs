using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far an evaluation is, once it has taken longer than two seconds: on a terminal a bar, elsewhere lines.</summary>
internal sealed class EvaluationDisplay : IProgress<EvaluationProgress>
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenBars = TimeSpan.FromMilliseconds(200);
    private readonly IAnsiConsole _console;
    private readonly ProgressContext? _context;
    private readonly ProgressTask? _bar;
    private readonly TimeProvider _clock = TimeProvider.System;
    private TimeSpan _pause = First;
    private long _last;

    private EvaluationDisplay(IAnsiConsole console, ProgressContext? context)
    {
        _console = console;
        _context = context;
        _bar = context?.AddTask("evaluating");
        _last = _clock.GetTimestamp();
    }

    public static EvaluationReport Show(IAnsiConsole console, Func<IProgress<EvaluationProgress>, EvaluationReport> evaluate)
    {
        if (!console.IsLive())
        {
            return evaluate(new EvaluationDisplay(console, null));
        }

        // Not refreshed by itself, so that a short evaluation shows nothing.
        return console.Progress().AutoClear(true).AutoRefresh(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => evaluate(new EvaluationDisplay(console, context)));
    }

    public void Report(EvaluationProgress value)
    {
        string text = $"{value.Images:N0} of {value.Total:N0} pictures, top-1 error so far {value.Top1Error:P2}";
        if (_context is not null && _bar is not null)
        {
            _bar.MaxValue = value.Total;
            _bar.Value = value.Images;
            _bar.Description = Markup.Escape(text);
            if (_clock.GetElapsedTime(_last) >= _pause)
            {
                _last = _clock.GetTimestamp();
                _pause = BetweenBars;
                _context.Refresh();
            }
        }
        else if (_clock.GetElapsedTime(_last) >= First)
        {
            _last = _clock.GetTimestamp();
            _console.WriteLine(text);
        }
    }
}
