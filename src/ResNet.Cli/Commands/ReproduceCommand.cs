using System.CommandLine;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet reproduce</c>: the paper's experiments.</summary>
internal static class ReproduceCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("reproduce", "Trains networks of the paper's study and sets the results beside the paper's; given again, it goes on where it was stopped.");
        var study = new Argument<string>("study") { Description = "cifar10: section 4.2." };
        study.AcceptOnlyFromAmong("cifar10");
        var data = new Option<string>("--data") { Description = "cifar10 (fetched once), its binary files or archive, a folder of class folders, or shapes (built in, to try the command).", DefaultValueFactory = _ => TrainingData.Published };
        var depths = new Option<string>("--depths") { Description = "Depths 6n+2, with commas between.", DefaultValueFactory = _ => "20,32,44,56" };
        var plain = new Option<bool>("--plain") { Description = "The plain network of each depth as well." };
        var shortcuts = new Option<string>("--shortcuts") { Description = "Shortcut options of the residual networks, with commas between.", DefaultValueFactory = _ => "A" };
        var iterations = new Option<int>("--iterations") { Description = "Length of each training; the drops of the rate keep their proportions.", DefaultValueFactory = _ => ExperimentSetup.PaperIterations }.AtLeastOne();
        var seed = new Option<int>("--seed") { Description = "Draws weights, order and augmentation.", DefaultValueFactory = _ => 0 };
        var precision = CommonOptions.Precision();
        var workers = new Option<int?>("--workers") { Description = "Threads that read pictures." }.AtLeastOne();
        var output = new Option<string>("--output") { Description = "Folder of the page; each network's run is in a folder below it.", DefaultValueFactory = _ => Path.Combine("runs", "cifar10") };
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        command.Arguments.Add(study);
        foreach (var option in (Option[])[data, depths, plain, shortcuts, iterations, seed, precision, workers, output, device, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string[] given = [.. parsed.Tokens.Select(token => token.Value)];
            var request = new ReproduceRequest
            {
                Data = parsed.GetValue(data)!,
                Experiments = Plan(parsed.GetValue(depths)!, parsed.GetValue(plain), parsed.GetValue(shortcuts)!),
                Iterations = parsed.GetValue(iterations),
                Seed = parsed.GetValue(seed),
                Precision = CommonOptions.ReadPrecision(parsed.GetValue(precision)),
                WorkerCount = parsed.GetValue(workers),
                Output = parsed.GetValue(output)!,
                Device = parsed.GetValue(device)!,
                Command = $"resnet {string.Join(' ', given.Where(token => token != json.Name).Select(Quote))}",
            };
            bool asJson = parsed.GetValue(json);
            var console = terminal.Talk(asJson);
            try
            {
                var (page, setup, results) = new ReproduceSession(request, console).Run(stop);
                if (asJson)
                {
                    terminal.WriteJson(ExperimentReport.ToJson(setup, results));
                }

                console.Say($"page: {page}");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                console.Say("The same command goes on from here.");
                throw;
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<CifarExperiment> Plan(string depths, bool plain, string shortcuts)
    {
        try
        {
            return CifarExperiment.Plan(Items(depths, "--depths").Select(Depth), plain, Items(shortcuts, "--shortcuts").Select(Shortcut));
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new UsageException(FaultText.Of(fault));
        }
    }

    private static string[] Items(string text, string option) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } items ? items : throw new UsageException($"{option} is empty.");

    private static int Depth(string text) =>
        NumberText.TryRead(text, out int depth) ? depth : throw new UsageException($"--depths has '{text}', which is no number; give depths such as 20,32.");

    private static ShortcutOption Shortcut(string text) =>
        text.ToUpperInvariant() switch
        {
            "A" => ShortcutOption.A,
            "B" => ShortcutOption.B,
            "C" => ShortcutOption.C,
            _ => throw new UsageException($"--shortcuts has '{text}'; give A, B or C, with commas between."),
        };

    private static string Quote(string token) => token.Contains(' ', StringComparison.Ordinal) ? $"\"{token}\"" : token;
}
