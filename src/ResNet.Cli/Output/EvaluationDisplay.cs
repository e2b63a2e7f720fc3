using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far an evaluation is.</summary>
internal sealed class EvaluationDisplay(ProgressDisplay display) : IProgress<EvaluationProgress>
{
    /// <param name="console">Where to show it.</param>
    /// <param name="options">How to evaluate.</param>
    /// <param name="evaluate">Evaluates, and says how far it is.</param>
    public static EvaluationReport Show(
        IAnsiConsole console, EvaluationOptions options, Func<EvaluationOptions, IProgress<EvaluationProgress>, EvaluationReport> evaluate) =>
        ProgressDisplay.Show(console, display => evaluate(options with { Engine = CalibrationDisplay.On(display, options.Engine) }, new EvaluationDisplay(display)));

    public void Report(EvaluationProgress value) =>
        display.Update(value.Images, value.Total, $"{value.Images:N0} of {value.Total:N0} pictures, top-1 error so far {value.Top1Error:P2}");
}
