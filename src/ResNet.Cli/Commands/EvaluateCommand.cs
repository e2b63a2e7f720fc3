using System.CommandLine;
using System.Diagnostics;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet evaluate</c>: how often a network is wrong on labelled pictures, and where.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("evaluate", "Tests a network on a folder of labelled pictures.");
        var data = new Option<string>("--data") { Description = "DIR/test/<class>/…, DIR/val/<class>/… or DIR/<class>/…", Required = true };
        var report = new Option<string?>("--report") { Description = $"Write {EvaluationFiles.PageName} and {EvaluationFiles.DocumentName} into this folder." };
        var json = CommonOptions.Json();
        command.Options.Add(data);
        command.Options.Add(report);
        command.Options.Add(json);
        var includeSeen = UnseenImages.IncludeSeen();
        command.Options.Add(includeSeen);
        var testing = new TestingOptions(command);
        var decoding = new DecodingOption(command);
        var corruptions = new CorruptionOptions(command);
        var networks = new NetworkOptions(command, terminal, stop);
        command.SetAction(parsed =>
        {
            var options = testing.Read(parsed);
            var robustness = corruptions.Read(parsed, options);
            string? folder = parsed.GetValue(report);
            OutputFolder.EnsureUsable(report.Name, folder);
            using var network = networks.Open(parsed);
            TestingOptions.EnsureFit(options, network.Preprocessing);
            var folderOfPictures = TestPictures.Open(parsed.GetValue(data)!, network.Labels, decoding.Read(parsed));
            TestPictures.EnsureFit(folderOfPictures, network, terminal.Error);
            var (seen, unseen) = UnseenImages.Find(terminal.Error, folderOfPictures, [network.Fingerprint], parsed.GetValue(includeSeen), stop);
            IImageDataset pictures = (IImageDataset?)unseen ?? folderOfPictures;
            using var held = OutputFolder.Hold(report.Name, folder);
            long start = Stopwatch.GetTimestamp();
            var found = EvaluationDisplay.Show(
                terminal.Error, options, (shown, progress) => Evaluator.Evaluate(network.Model, pictures, network.Preprocessing, shown, progress, stop));
            var setup = new EvaluationSetup
            {
                Weights = network.Name,
                Network = network.Model.Options,
                Data = folderOfPictures.Root,
                Device = network.Device.ToString(),
                Duration = Stopwatch.GetElapsedTime(start),
                Faults = TestPictures.Faults(folderOfPictures),
                Seen = seen,
            };
            if (folder is not null && robustness is not null)
            {
                // Before what takes longest, so that it is kept whatever becomes of that.
                EvaluationFiles.Write(folder, found, setup, pictures, cancellationToken: stop);
            }

            var corrupted = robustness is null ? null : CorruptedEvaluation.Run(terminal.Error, network, pictures, robustness, found, folder, stop);
            Conclude(terminal, found, setup, pictures, corrupted, folder, parsed.GetValue(json), stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Conclude(
        Terminal terminal,
        EvaluationReport report,
        EvaluationSetup setup,
        IImageDataset pictures,
        RobustnessReport? corrupted,
        string? folder,
        bool asJson,
        CancellationToken stop)
    {
        terminal.Error.SayLeftOut(setup.Faults.Concat(report.Faults));

        if (folder is not null)
        {
            EvaluationFiles.Write(folder, report, setup, pictures, corrupted, stop);
            terminal.Error.Say($"report: {Path.Combine(folder, EvaluationFiles.PageName)}");
        }

        if (asJson)
        {
            terminal.WriteJson(EvaluationFiles.ToJson(report, setup, pictures, corrupted));
        }
        else
        {
            EvaluationText.Print(terminal.Out, report, setup.Seen);
            RobustnessText.Print(terminal.Out, corrupted);
        }
    }
}
