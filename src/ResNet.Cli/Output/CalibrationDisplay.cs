using ResNet.Inference;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Shows how far the calibration of an int8 network is, which takes up to half a minute.</summary>
internal static class CalibrationDisplay
{
    /// <summary>The same options, whose calibration is shown on a display that shows other things afterwards.</summary>
    public static EngineOptions On(ProgressDisplay display, EngineOptions options) =>
        options with { Compile = options.Compile with { CalibrationProgress = new ShareDisplay(display, "calibrating") } };

    /// <summary>Does something that compiles a network and shows nothing else.</summary>
    public static T Show<T>(IAnsiConsole console, EngineOptions options, Func<EngineOptions, T> compile) =>
        ProgressDisplay.Show(console, display => compile(On(display, options)));
}
