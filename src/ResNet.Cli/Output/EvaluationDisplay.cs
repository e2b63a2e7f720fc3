using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far an evaluation is.</summary>
internal sealed class EvaluationDisplay(ProgressDisplay display) : IProgress<EvaluationProgress>
{
    public static EvaluationReport Show(IAnsiConsole console, Func<IProgress<EvaluationProgress>, EvaluationReport> evaluate) =>
        ProgressDisplay.Show(console, display => evaluate(new EvaluationDisplay(display)));

    public void Report(EvaluationProgress value) =>
        display.Update(value.Images, value.Total, $"{value.Images:N0} of {value.Total:N0} pictures, top-1 error so far {value.Top1Error:P2}");
}
