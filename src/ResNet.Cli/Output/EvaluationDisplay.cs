using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far an evaluation is, once it has taken longer than two seconds: on a terminal a line that is rewritten, elsewhere lines.</summary>
internal sealed class EvaluationDisplay : IProgress<EvaluationProgress>
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private readonly IAnsiConsole _console;
    private readonly ProgressTask? _bar;
    private readonly TimeProvider _clock = TimeProvider.System;
    private long _last;

    private EvaluationDisplay(IAnsiConsole console, ProgressTask? bar)
    {
        _console = console;
        _bar = bar;
        _last = _clock.GetTimestamp();
    }

    public static EvaluationReport Show(IAnsiConsole console, Func<IProgress<EvaluationProgress>, EvaluationReport> evaluate)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            return evaluate(new EvaluationDisplay(console, null));
        }

        return console.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => evaluate(new EvaluationDisplay(console, context.AddTask("evaluating"))));
    }

    public void Report(EvaluationProgress value)
    {
        string text = $"{value.Images:N0} of {value.Total:N0} pictures, top-1 error so far {value.Top1Error:P2}";
        if (_bar is not null)
        {
            _bar.MaxValue = value.Total;
            _bar.Value = value.Images;
            _bar.Description = Markup.Escape(text);
        }
        else if (_clock.GetElapsedTime(_last) >= First)
        {
            _last = _clock.GetTimestamp();
            _console.WriteLine(text);
        }
    }
}
