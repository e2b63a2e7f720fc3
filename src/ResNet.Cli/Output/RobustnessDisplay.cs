using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far a robustness suite is.</summary>
internal sealed class RobustnessDisplay(ProgressDisplay display) : IProgress<RobustnessProgress>
{
    public static RobustnessReport Show(IAnsiConsole console, Func<IProgress<RobustnessProgress>, RobustnessReport> evaluate) =>
        ProgressDisplay.Show(console, display => evaluate(new RobustnessDisplay(display)));

    public void Report(RobustnessProgress value)
    {
        string what = value.Corruption is { } corruption ? $"{CorruptionNames.Of(corruption.Kind)} {corruption.Severity}" : "clean";
        display.Update(value.Images, value.Total, $"{what}: top-1 error so far {value.Top1Error:P2}, {(double)value.Images / value.Total:P0} of all");
    }
}
