using System.CommandLine;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>All commands, and what every one of them does about wrong usage, failures and signals.</summary>
internal sealed class CommandLine(Terminal terminal, StopSignals stop)
{
    public int Run(IReadOnlyList<string> args)
    {
        var parsed = BuildRoot().Parse(args);
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        try
        {
            int code = parsed.Invoke(configuration);
            return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.ExitCode;
        }
        catch (UsageException fault)
        {
            terminal.Error.Say(fault.Message);
            return ExitCode.WrongUsage;
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            terminal.Error.Say(Text(fault));
            return ExitCode.Failed;
        }
    }

    private RootCommand BuildRoot() => new("Residual networks: train, evaluate, classify.")
    {
        TrainCommand.Create(terminal, stop.Token),
        EvaluateCommand.Create(terminal, stop.Token),
        ClassifyCommand.Create(terminal, stop.Token),
        SummaryCommand.Create(terminal),
        DoctorCommand.Create(terminal),
    };

    /// <summary>Failures whose message is written for the user. Anything else is a fault of the program and keeps its stack trace.</summary>
    private static bool IsExpected(Exception fault) => fault is IOException
        or UnauthorizedAccessException
        or InvalidOptionsException
        or TorchRuntimeException
        or WeightsFormatException
        or WeightsMismatchException
        or ImageFormatException
        or DatasetException
        or TrainingDivergedException
        || (fault is ArgumentException && fault.TargetSite?.DeclaringType?.Namespace?.StartsWith(nameof(ResNet), StringComparison.Ordinal) == true);

    /// <summary>The message without the parameter name that .NET appends: the user knows no parameters.</summary>
    private static string Text(Exception fault) =>
        fault is ArgumentException { ParamName: { } name } ? fault.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal) : fault.Message;
}
