using ResNet.Downloading;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far a download is: on a terminal a bar, elsewhere a line now and then. A file that is there already shows nothing.</summary>
internal sealed class DownloadDisplay : IProgress<DownloadProgress>
{
    private const double Megabyte = 1e6;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(2);
    private readonly IAnsiConsole _console;
    private readonly ProgressContext? _context;
    private readonly TimeProvider _clock = TimeProvider.System;
    private ProgressTask? _bar;
    private long? _lastLine;
    private string? _lastText;

    private DownloadDisplay(IAnsiConsole console, ProgressContext? context)
    {
        _console = console;
        _context = context;
    }

    public static string Show(IAnsiConsole console, Func<IProgress<DownloadProgress>, string> fetch)
    {
        if (!console.IsLive())
        {
            return fetch(new DownloadDisplay(console, null));
        }

        return console.Progress().AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => fetch(new DownloadDisplay(console, context)));
    }

    public void Report(DownloadProgress value)
    {
        string text = value.TotalBytes is { } total
            ? $"{value.FileName}: {value.BytesReceived / Megabyte:F1} of {total / Megabyte:F1} MB"
            : $"{value.FileName}: {value.BytesReceived / Megabyte:F1} MB";
        if (value.Trouble is { } trouble)
        {
            _console.Say($"{value.FileName}: {trouble}");
            return;
        }

        if (_context is not null)
        {
            _bar ??= _context.AddTask("connecting");
            _bar.IsIndeterminate = value.TotalBytes is null;
            _bar.MaxValue = value.TotalBytes ?? value.BytesReceived;
            _bar.Value = value.BytesReceived;
            _bar.Description = Markup.Escape(text);
        }
        else if (text != _lastText && (_lastLine is not { } last || value.BytesReceived == value.TotalBytes || _clock.GetElapsedTime(last) >= BetweenLines))
        {
            _lastLine = _clock.GetTimestamp();
            _lastText = text;
            _console.Say(text);
        }
    }
}
