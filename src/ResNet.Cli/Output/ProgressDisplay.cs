using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far something is: on a terminal a bar that goes away at the end, elsewhere a line now and then. What is short shows nothing.</summary>
internal sealed class ProgressDisplay
{
    private const int BarWidth = 12;

    /// <summary>Columns of the bar, of the percentage, and of the gaps between.</summary>
    private const int Reserved = BarWidth + 4 + 4;
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenBars = TimeSpan.FromMilliseconds(200);
    private readonly IAnsiConsole _console;
    private readonly ProgressContext? _context;
    private readonly TimeSpan _betweenLines;
    private readonly TimeProvider _clock;
    private TimeLeft _left;
    private double? _total;
    private ProgressTask? _bar;
    private TimeSpan _pause;
    private long _last;
    private double? _shown;

    private ProgressDisplay(IAnsiConsole console, ProgressContext? context, TimeSpan patience, TimeSpan betweenLines, TimeProvider clock)
    {
        _console = console;
        _context = context;
        _pause = patience;
        _betweenLines = betweenLines;
        _clock = clock;
        _left = new TimeLeft(clock);
        _last = clock.GetTimestamp();
    }

    /// <summary>Does the work with a display that lasts as long as it does.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="work">What is done; its result is handed back.</param>
    /// <param name="patience">Nothing is shown before. Default: null, two seconds.</param>
    /// <param name="betweenLines">Time from line to line. Default: null, two seconds.</param>
    /// <param name="clock">Default: null, the system's.</param>
    public static T Show<T>(
        IAnsiConsole console, Func<ProgressDisplay, T> work, TimeSpan? patience = null, TimeSpan? betweenLines = null, TimeProvider? clock = null)
    {
        T Work(ProgressContext? context) =>
            work(new ProgressDisplay(console, context, patience ?? UsualPause, betweenLines ?? UsualPause, clock ?? TimeProvider.System));
        if (!console.IsLive())
        {
            return Work(null);
        }

        // Not refreshed by itself, so that what is short shows nothing.
        return console.Progress().AutoClear(true).AutoRefresh(false)
            .Columns(new ProgressBarColumn { Width = BarWidth }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(Work);
    }

    /// <summary>Tells how far it is.</summary>
    /// <param name="done">What is done, in any unit.</param>
    /// <param name="total">What there is to do, in the same unit. Null: not known.</param>
    /// <param name="text">The same in words; the time left is added.</param>
    public void Update(double done, double? total, string text)
    {
        if (total != _total)
        {
            // Something else is done now, in other units, at another speed.
            (_total, _shown, _left) = (total, null, new TimeLeft(_clock));
        }

        var left = total is { } all ? _left.After(done, all) : null;
        bool finished = done >= total && _shown is not null;
        if (done.Equals(_shown) || (_clock.GetElapsedTime(_last) < _pause && !finished))
        {
            return;
        }

        _last = _clock.GetTimestamp();
        _shown = done;
        if (_context is null)
        {
            _pause = _betweenLines;
            _console.Say($"{(left is { } time ? $"{text}, {TimeLeft.Text(time)} left" : text)}");
            return;
        }

        // A text that does not fit would push bar and percentage off the line: its end is cut off, never the time left.
        text = VisibleText.Line(left is { } timeLeft ? $"{TimeLeft.Text(timeLeft)} left, {text}" : text);
        int room = Math.Max(1, _console.Profile.Width - Reserved);
        text = text.Length > room ? $"{text[..(room - 1)]}…" : text;

        _pause = BetweenBars;
        _bar ??= _context.AddTask(Markup.Escape(text));
        _bar.IsIndeterminate = total is null;
        _bar.MaxValue = total ?? done;
        _bar.Value = done;
        _bar.Description = Markup.Escape(text);
        _context.Refresh();
    }

    /// <summary>Says something that is to stay.</summary>
    public void Say(string text)
    {
        if (_context is null)
        {
            _last = _clock.GetTimestamp();
            _console.Say($"{text}");
        }
        else
        {
            // Spectre moves the bar out of its way.
            _console.WriteLine(VisibleText.Line(text));
        }
    }
}
