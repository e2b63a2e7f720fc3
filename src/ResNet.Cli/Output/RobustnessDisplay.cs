using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far a robustness suite is.</summary>
internal sealed class RobustnessDisplay(ProgressDisplay display) : IProgress<RobustnessProgress>
{
    /// <param name="console">Where to show it.</param>
    /// <param name="options">How to evaluate.</param>
    /// <param name="evaluate">Evaluates, and says how far it is.</param>
    public static RobustnessReport Show(
        IAnsiConsole console, RobustnessOptions options, Func<RobustnessOptions, IProgress<RobustnessProgress>, RobustnessReport> evaluate) =>
        ProgressDisplay.Show(console, display =>
        {
            var evaluation = options.Evaluation with { Engine = CalibrationDisplay.On(display, options.Evaluation.Engine) };
            return evaluate(options with { Evaluation = evaluation }, new RobustnessDisplay(display));
        });

    public void Report(RobustnessProgress value)
    {
        string what = value.Corruption is { } corruption ? $"{CorruptionNames.Of(corruption.Kind)} {corruption.Severity}" : "clean";
        display.Update(value.Images, value.Total, $"{what}: top-1 error so far {value.Top1Error:P2}, {(double)value.Images / value.Total:P0} of all");
    }
}
