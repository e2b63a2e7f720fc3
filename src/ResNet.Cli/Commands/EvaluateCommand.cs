using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Runtime;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet evaluate</c>: error of a network on labelled pictures.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("evaluate", "Tests weights on a folder of labelled pictures, on the centre crop of each.");
        var weights = new Option<string>("--weights") { Description = PretrainedFile.OptionHelp, Required = true };
        var data = new Option<string>("--data") { Description = "DIR/test/<class>/…, DIR/val/<class>/… or DIR/<class>/…", Required = true };
        var batchSize = new Option<int>("--batch-size") { Description = "Pictures at once.", DefaultValueFactory = _ => 128 }.AtLeastOne();
        var workers = new Option<int?>("--workers") { Description = "Threads that read pictures." }.AtLeastOne();
        var normalization = CommonOptions.Normalization();
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        var architecture = new ArchitectureOptions(command);
        var reading = new ReadingOptions(command);
        var corruption = new CorruptionOptions(command);
        Option[] options = [weights, data, batchSize, workers, normalization, device, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var source = ModelSource.Open(
                parsed.GetValue(weights)!, architecture, parsed, CommonOptions.ReadNormalization(parsed.GetValue(normalization)),
                reading.Read(parsed), new PretrainedFile(terminal, stop));
            if (source.Assumption is { } assumption)
            {
                terminal.Error.Say(assumption);
            }

            var target = DeviceSelector.Parse(parsed.GetValue(device)!);
            var pictures = TestPictures.Open(parsed.GetValue(data)!, source.Labels);
            var evaluation = new EvaluationOptions { BatchSize = parsed.GetValue(batchSize) };
            evaluation = evaluation with { WorkerCount = parsed.GetValue(workers) ?? evaluation.WorkerCount };
            var robustness = corruption.Read(parsed, evaluation);
            robustness?.EnsureValid();
            bool asJson = parsed.GetValue(json);
            using var model = source.Load(target, terminal.Error);
            var report = EvaluationDisplay.Show(
                terminal.Error, progress => Evaluator.Evaluate(model, pictures, source.Preprocessing, evaluation, progress, stop));
            foreach (var fault in pictures.Faults.Concat(report.Faults))
            {
                terminal.Error.Say($"left out: {fault.Path}: {fault.Reason}");
            }

            var corrupted = robustness is null
                ? null
                : CorruptedEvaluation.Run(terminal, model, pictures, source.Preprocessing, robustness, report, reportFolder: null, stop);
            if (asJson)
            {
                var document = ToJson(report);
                if (corrupted is not null)
                {
                    document["corruptions"] = RobustnessFiles.ToJson(corrupted);
                }

                Terminal.WriteJson(document);
            }
            else
            {
                Print(terminal, report);
                if (corrupted is not null)
                {
                    RobustnessText.Print(terminal.Out, corrupted);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Print(Terminal terminal, EvaluationReport report)
    {
        terminal.Out.Say($"images:      {report.Images:N0}");
        terminal.Out.Say($"top-1 error: {report.Top1Error:P2} ({report.Top1Correct:N0} right)");
        if (report.Top5Error is { } top5)
        {
            terminal.Out.Say($"top-5 error: {top5:P2} ({report.Top5Correct:N0} right)");
        }

        terminal.Out.Say($"loss:        {report.Loss:F4}");
    }

    private static JsonObject ToJson(EvaluationReport report) => new()
    {
        ["images"] = report.Images,
        ["top1Correct"] = report.Top1Correct,
        ["top5Correct"] = report.Top5Correct,
        ["top1Error"] = report.Top1Error,
        ["top5Error"] = report.Top5Error,
        ["loss"] = Terminal.Number(report.Loss),
    };
}
