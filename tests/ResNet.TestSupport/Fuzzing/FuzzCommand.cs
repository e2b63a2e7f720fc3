using System.CommandLine;

namespace ResNet.TestSupport.Fuzzing;

/// <summary>The command line that fuzz programs have in common.</summary>
public static class FuzzCommand
{
    /// <summary>Runs the program.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="description">What the program does.</param>
    /// <param name="target">Makes the reader and its mutants, of a seed number and a folder of more good files, or null.</param>
    /// <returns>0 if nothing was found, 1 otherwise.</returns>
    public static async Task<int> RunAsync(string[] args, string description, Func<int, string?, IFuzzTarget> target)
    {
        var mutants = new Option<long>("--mutants") { DefaultValueFactory = _ => 100_000, Description = "How many mutants to read." };
        var first = new Option<long>("--first") { Description = "Number of the first mutant; with --mutants 1, the one to look at." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Another seed makes other mutants." };
        var files = new Option<string?>("--files") { Description = "Folder of more good files to mutate; small ones are taken." };
        var findings = new Option<string>("--findings") { DefaultValueFactory = _ => "findings", Description = "Where mutants that show an error are kept." };
        var workers = new Option<int>("--workers") { DefaultValueFactory = _ => Environment.ProcessorCount, Description = "Threads." };
        var command = new RootCommand(description) { mutants, first, seed, files, findings, workers };

        // On another thread: Ctrl+C is listened to once the action has returned its task.
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var run = new FuzzRun
                {
                    Target = target(parsed.GetValue(seed), parsed.GetValue(files)),
                    First = parsed.GetValue(first),
                    Count = parsed.GetValue(mutants),
                    Findings = parsed.GetValue(findings),
                    WorkerCount = Math.Max(1, parsed.GetValue(workers)),
                    Log = Console.WriteLine,
                };
                Console.WriteLine($"Seed {parsed.GetValue(seed)}, mutants {run.First} to {run.First + run.Count - 1} of {run.Target.Seeds}; {run.WorkerCount} threads.");
                var report = run.Run(cancellation);
                Console.WriteLine(report);
                (run.Target as IDisposable)?.Dispose();
                return report.Findings.Count > 0 ? 1 : 0;
            },
            CancellationToken.None));
        return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }
}
