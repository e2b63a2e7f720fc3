using System.Runtime.InteropServices;

namespace ResNet.Cli;

/// <summary>
/// Turns Ctrl+C, SIGTERM and SIGHUP (the terminal was closed) into one cancellation, so that a command can save its work and say so. A second Ctrl+C or
/// SIGTERM ends at once; SIGHUP comes twice by itself where a terminal closes, from the shell and from the system. One that whoever
/// started the process has it ignore, as <c>nohup</c> does, stays so: .NET registers nothing for it.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _hangUp;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ResNet.Cli.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ResNet.Cli.ExitCode.Terminated));
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, ResNet.Cli.ExitCode.HungUp));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code that the signal asks for; meaningful once <see cref="Token"/> is cancelled.</summary>
    public int ExitCode { get; private set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _hangUp.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        bool isFirst = !_source.IsCancellationRequested;
        context.Cancel = isFirst || context.Signal == PosixSignal.SIGHUP;
        if (isFirst)
        {
            ExitCode = exitCode;
            _source.Cancel();
        }
    }
}
