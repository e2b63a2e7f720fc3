using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Plain lines, and what else a console can show.</summary>
internal static class ConsoleText
{
    /// <summary>Writes a line as it is: Spectre would break it at the terminal's width, and a broken path cannot be copied.</summary>
    public static void Say(this IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(text);

    /// <summary>Names what could not be read, and why.</summary>
    public static void SayLeftOut(this IAnsiConsole console, IEnumerable<DataFault> faults)
    {
        foreach (var fault in faults)
        {
            console.Say($"left out: {fault.Path}: {fault.Reason}");
        }
    }

    /// <summary>Whether lines can be rewritten, as a progress bar does.</summary>
    public static bool IsLive(this IAnsiConsole console) => console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;
}
