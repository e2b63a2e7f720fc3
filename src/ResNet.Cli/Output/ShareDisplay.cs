using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows which share of something is done, once it has taken longer than two seconds: on a terminal a bar, elsewhere lines.</summary>
internal sealed class ShareDisplay : IProgress<double>
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenBars = TimeSpan.FromMilliseconds(200);
    private readonly IAnsiConsole _console;
    private readonly string _what;
    private readonly ProgressContext? _context;
    private readonly ProgressTask? _bar;
    private readonly TimeProvider _clock = TimeProvider.System;
    private TimeSpan _pause = First;
    private long _last;

    private ShareDisplay(IAnsiConsole console, string what, ProgressContext? context)
    {
        _console = console;
        _what = what;
        _context = context;
        _bar = context?.AddTask(what, maxValue: 1);
        _last = _clock.GetTimestamp();
    }

    public static void Show(IAnsiConsole console, string what, Action<IProgress<double>> action)
    {
        if (!console.IsLive())
        {
            action(new ShareDisplay(console, what, null));
            return;
        }

        // Not refreshed by itself, so that what is short shows nothing.
        console.Progress().AutoClear(true).AutoRefresh(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => action(new ShareDisplay(console, what, context)));
    }

    public void Report(double value)
    {
        if (_clock.GetElapsedTime(_last) < (_bar is null ? First : _pause))
        {
            return;
        }

        _last = _clock.GetTimestamp();
        if (_context is not null && _bar is not null)
        {
            _pause = BetweenBars;
            _bar.Value = value;
            _context.Refresh();
        }
        else
        {
            _console.Say($"{_what}: {value:P0}");
        }
    }
}
