using Microsoft.Extensions.Logging;
using ResNet.Training;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>What the trainer has to say, as lines between those of its progress.</summary>
internal sealed class ConsoleLog(IAnsiConsole console) : ILogger<Trainer>
{
    // The display says it already.
    private const string Shown = "Epoch";

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name != Shown)
        {
            console.WriteLine(VisibleText.Lines(formatter(state, exception)));
        }
    }
}
