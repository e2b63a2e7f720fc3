namespace ResNet.Cli;

/// <summary>The command line cannot be meant as it was typed; the message says what can.</summary>
internal sealed class UsageException(string message) : Exception(message);
