using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>Plain lines, and what else a console can show. Everything that a command writes goes through here, or through the displays that use it.</summary>
internal static class ConsoleText
{
    private const string Indent = "  ";

    /// <summary>Writes a line: Spectre would break it at the terminal's width, and a broken path cannot be copied.</summary>
    /// <param name="console">The console.</param>
    /// <param name="line">The line, with whatever names in it.</param>
    public static void Say(this IAnsiConsole console, VisibleLine line) => console.Profile.Out.Writer.WriteLine(line.ToString());

    /// <summary>Writes a text that is ready, such as the message of an exception. Where it has several lines, all but the first are indented, so that none looks like a line of its own.</summary>
    public static void Say(this IAnsiConsole console, string text) =>
        console.Profile.Out.Writer.WriteLine(VisibleText.Lines(text).ReplaceLineEndings("\n").Replace("\n", Environment.NewLine + Indent, StringComparison.Ordinal));

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
