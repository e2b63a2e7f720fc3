using System.Text;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>One of the two outputs, for Spectre: it knows only the console's own writers for terminals.</summary>
internal sealed class ConsoleOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => Size(() => Console.BufferWidth, UsualWidth);

    public int Height => Size(() => Console.WindowHeight, UsualHeight);

    public void SetEncoding(Encoding encoding)
    {
        // As the console has it.
    }

    /// <summary>A terminal may go away, or have no size.</summary>
    private static int Size(Func<int> read, int usual)
    {
        try
        {
            return read() is > 0 and var size ? size : usual;
        }
        catch (Exception ex) when (ex is IOException or PlatformNotSupportedException)
        {
            return usual;
        }
    }
}
