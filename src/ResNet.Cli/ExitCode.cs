namespace ResNet.Cli;

/// <summary>What the process ends with, as shells expect it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>SIGHUP: the terminal was closed.</summary>
    public const int HungUp = 129;
    public const int Interrupted = 130;

    /// <summary>As of programs that SIGPIPE ends: nobody reads stdout any more.</summary>
    public const int Unread = 141;
    public const int Terminated = 143;
}
