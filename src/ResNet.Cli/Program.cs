using ResNet;
using ResNet.Cli;
using ResNet.Runtime;

if (TorchRuntime.FindProcessProblem() is { } problem)
{
    using var errors = new ForgivingWriter(Console.Error);
    errors.WriteLine(VisibleText.Lines(problem));
    return ExitCode.Failed;
}

TorchRuntime.TuneProcess();
using var stop = new StopSignals();
return new CommandLine(new Terminal(), stop).Run(args);
