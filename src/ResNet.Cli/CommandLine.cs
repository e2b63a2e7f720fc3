using System.CommandLine;
using System.CommandLine.Invocation;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>All commands, and what every one of them does about wrong usage, failures and signals.</summary>
internal sealed class CommandLine(Terminal terminal, StopSignals stop)
{
    /// <summary>A file may be called @name, so that is not a file of arguments; and no option has a name of one letter that could be bundled.</summary>
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code. Results that nobody got are no success, even where all else went well.</returns>
    public int Run(IReadOnlyList<string> args)
    {
        int code = RunCommand(args);
        if (code != ExitCode.Done || terminal.Loss is not { } loss)
        {
            return code;
        }

        if (loss == Terminal.NobodyReads)
        {
            return ExitCode.Unread;
        }

        terminal.Error.Say($"stdout: {loss}");
        return ExitCode.Failed;
    }

    /// <summary>What is wrong with a command line, before any work.</summary>
    public IReadOnlyList<string> ErrorsOf(IReadOnlyList<string> args)
    {
        var root = BuildRoot();
        return ErrorsOf(root.Parse(args, Parsing), root, args);
    }

    private int RunCommand(IReadOnlyList<string> args)
    {
        var root = BuildRoot();
        var parsed = root.Parse(args, Parsing);
        var configuration = new InvocationConfiguration
        {
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
            Output = terminal.Out.Profile.Out.Writer,
            Error = terminal.Error.Profile.Out.Writer,
        };
        try
        {
            return ErrorsOf(parsed, root, args) is { Count: > 0 } errors ? Refuse(parsed, errors) : parsed.Invoke(configuration);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            terminal.Error.Say("stopped");
            return stop.ExitCode;
        }
        catch (UsageException fault)
        {
            terminal.Error.Say(fault.Message);
            return ExitCode.WrongUsage;
        }
        catch (Exception fault) when (TorchRuntime.ExplainShortage(fault) is { } shortage)
        {
            terminal.Error.Say(shortage);
            return ExitCode.Failed;
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            terminal.Error.Say(FaultText.Of(fault));
            return ExitCode.Failed;
        }
        catch (Exception fault)
        {
            // Left alone, it would end the process by SIGABRT, with a core dump and an exit code that is not ours.
            terminal.Error.Say("This is a fault of the program; please report it." + Environment.NewLine + fault);
            return ExitCode.Failed;
        }
    }

    /// <summary>On stderr alone: stdout may be read by a program that expects one JSON document.</summary>
    private int Refuse(ParseResult parsed, IEnumerable<string> errors)
    {
        if (parsed.Tokens.Count == 0)
        {
            BuildRoot().Parse(["--help"]).Invoke(new InvocationConfiguration { Output = terminal.Error.Profile.Out.Writer });
            return ExitCode.WrongUsage;
        }

        foreach (string error in errors)
        {
            terminal.Error.Say(error);
        }

        string command = parsed.CommandResult.Command is RootCommand ? "resnet" : $"resnet {parsed.CommandResult.Command.Name}";
        terminal.Error.Say($"'{command} --help' shows what there is.");
        return ExitCode.WrongUsage;
    }

    /// <summary>What is wrong with the command line; nothing where it asks for help, whatever stands beside that.</summary>
    private static IReadOnlyList<string> ErrorsOf(ParseResult parsed, RootCommand root, IReadOnlyList<string> args)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Action is not ParseErrorAction && parsed.Action != command.Action)
        {
            return [];
        }

        if (command == root && parsed.UnmatchedTokens is [not ['-', ..] and var typed, ..])
        {
            string nearest = NearestName.Find(typed, root.Subcommands.Select(known => known.Name)) is { } meant ? $"; did you mean {meant}?" : ".";
            return [$"There is no command '{typed}'{nearest}"];
        }

        var unknown = UnknownOptions.Find(args, command);
        return unknown.Count > 0 ? unknown : [.. parsed.Errors.Select(error => error.Message)];
    }

    private RootCommand BuildRoot()
    {
        var root = CreateRoot();
        NumberOptions.UseIn(root);
        return root;
    }

    private RootCommand CreateRoot() => new("Residual networks: train, evaluate, classify.")
    {
        TrainCommand.Create(terminal, stop.Token),
        EvaluateCommand.Create(terminal, stop.Token),
        CompareCommand.Create(terminal, stop.Token),
        ClassifyCommand.Create(terminal, stop.Token),
        ExplainCommand.Create(terminal, stop.Token),
        FeaturesCommand.Create(terminal, stop.Token),
        ResponsesCommand.Create(terminal, stop.Token),
        FiltersCommand.Create(terminal, stop.Token),
        ConvertCommand.Create(terminal, stop.Token),
        ExportCommand.Create(terminal, stop.Token),
        SummaryCommand.Create(terminal, stop.Token),
        DataCommand.Create(terminal, stop.Token),
        DownloadCommand.Create(terminal, stop.Token),
        ReproduceCommand.Create(terminal, stop.Token),
        BenchmarkCommand.Create(terminal, stop.Token),
        DoctorCommand.Create(terminal, stop.Token),
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
        or CheckpointException
        || (fault is ArgumentException or NotSupportedException && fault.TargetSite?.DeclaringType?.Namespace?.StartsWith(nameof(ResNet), StringComparison.Ordinal) == true);
}
