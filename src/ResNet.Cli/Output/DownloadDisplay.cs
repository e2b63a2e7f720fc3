using ResNet.Downloading;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far a download is, from its beginning on. A file that is there already shows nothing.</summary>
internal sealed class DownloadDisplay(ProgressDisplay display) : IProgress<DownloadProgress>
{
    private const double Megabyte = 1e6;

    public static string Show(IAnsiConsole console, Func<IProgress<DownloadProgress>, string> fetch) =>
        ProgressDisplay.Show(console, display => fetch(new DownloadDisplay(display)), patience: TimeSpan.Zero);

    public void Report(DownloadProgress value)
    {
        if (value.Trouble is { } trouble)
        {
            display.Say($"{value.FileName}: {trouble}");
            return;
        }

        string text = value.TotalBytes is { } total
            ? $"{value.FileName}: {value.BytesReceived / Megabyte:F1} of {total / Megabyte:F1} MB"
            : $"{value.FileName}: {value.BytesReceived / Megabyte:F1} MB";
        display.Update(value.BytesReceived, value.TotalBytes, text);
    }
}
