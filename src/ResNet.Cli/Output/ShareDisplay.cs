using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows which share of something is done.</summary>
internal sealed class ShareDisplay(ProgressDisplay display, string what) : IProgress<double>
{
    public static void Show(IAnsiConsole console, string what, Action<IProgress<double>> action) => ProgressDisplay.Show(console, display =>
    {
        action(new ShareDisplay(display, what));
        return true;
    });

    public void Report(double value) => display.Update(value, 1, $"{what}: {value:P0}");
}
