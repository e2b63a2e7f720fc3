using ResNet.Cli;
using ResNet.Runtime;

TorchRuntime.TuneProcess();
using var stop = new StopSignals();
return new CommandLine(new Terminal(), stop).Run(args);
