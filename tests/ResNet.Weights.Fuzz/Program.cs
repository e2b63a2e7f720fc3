using System.CommandLine;
using ResNet.Weights.Fuzz;

var mutants = new Option<long>("--mutants") { DefaultValueFactory = _ => 100_000, Description = "How many mutants to read." };
var first = new Option<long>("--first") { Description = "Number of the first mutant; with --mutants 1, the one to look at." };
var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Another seed makes other mutants." };
var files = new Option<string?>("--files") { Description = "Folder of more good files to mutate; those up to 64 KB are taken." };
var findings = new Option<string>("--findings") { DefaultValueFactory = _ => "findings", Description = "Where mutants that show a fault are kept." };
var workers = new Option<int>("--workers") { DefaultValueFactory = _ => Environment.ProcessorCount, Description = "Threads." };
var command = new RootCommand("Reads mutants of small files of weights. Each must be read or refused with a WeightsFormatException.")
{
    mutants, first, seed, files, findings, workers,
};

// On another thread: Ctrl+C is listened to once the action has returned its task.
command.SetAction((parsed, cancellation) => Task.Run(() => new FuzzRun
{
    First = parsed.GetValue(first),
    Count = parsed.GetValue(mutants),
    Seed = parsed.GetValue(seed),
    Files = parsed.GetValue(files),
    Findings = parsed.GetValue(findings)!,
    WorkerCount = Math.Max(1, parsed.GetValue(workers)),
}.Run(cancellation), CancellationToken.None));
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
