using Microsoft.Extensions.Logging;

namespace ResNet.DependencyInjection.Tests;

/// <summary>Keeps what the classifiers log.</summary>
internal sealed class ListLogger : ILoggerProvider
{
    public List<(LogLevel Level, string Category, string Text)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ListLogger list, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith("ResNet", StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                list.Entries.Add((logLevel, category, formatter(state, exception)));
            }
        }
    }
}
