using System.Text;
using Spectre.Console;

namespace ResNet.Cli.Tests;

/// <summary>What a console writes, kept; a terminal or a file.</summary>
internal sealed class WriterOutput(bool isTerminal) : IAnsiConsoleOutput
{
    private readonly StringWriter _writer = new();

    public TextWriter Writer => _writer;

    public bool IsTerminal => isTerminal;

    public int Width { get; init; } = 200;

    public int Height => 50;

    public string Text => _writer.ToString();

    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IAnsiConsole Console() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = this,
        Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
        Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
    });

    public void SetEncoding(Encoding encoding)
    {
    }
}
