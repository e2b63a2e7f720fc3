using System.CommandLine;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet compare</c>: which of two networks is better on the same pictures, and whether the pictures suffice to say so.</summary>
internal static class CompareCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("compare", "Tests two networks on the same pictures, and says whether they differ.");
        var data = new Option<string>("--data") { Description = "DIR/test/<class>/…, DIR/val/<class>/… or DIR/<class>/…", Required = true };
        var json = CommonOptions.Json();
        var networks = new ComparedNetworks(command, terminal, stop);
        command.Options.Add(data);
        command.Options.Add(json);
        var includeSeen = UnseenImages.IncludeSeen();
        command.Options.Add(includeSeen);
        var testing = new TestingOptions(command);
        var decoding = new DecodingOption(command);
        command.SetAction(parsed =>
        {
            var options = testing.Read(parsed);
            var (a, b) = networks.Open(parsed);
            using (a)
            using (b)
            {
                var pictures = TestPictures.Open(parsed.GetValue(data)!, null, decoding.Read(parsed));
                EnsureFit(terminal, a, parsed.GetValue(data)!, options);
                EnsureFit(terminal, b, parsed.GetValue(data)!, options);
                var (seen, unseen) = UnseenImages.Find(terminal.Error, pictures, [a.Fingerprint, b.Fingerprint], parsed.GetValue(includeSeen), stop);
                var picturesOfA = For(a, (ISizedDataset?)unseen ?? pictures);
                var picturesOfB = For(b, (ISizedDataset?)unseen ?? pictures);
                var reportA = Evaluate(terminal, "A", a, picturesOfA, options, stop);
                var reportB = Evaluate(terminal, "B", b, picturesOfB, options, stop);
                terminal.Error.SayLeftOut(TestPictures.Faults(pictures).Concat(reportA.Faults).Concat(reportB.Faults).Distinct());

                var comparison = EvaluationComparison.Of(reportA, reportB);
                if (parsed.GetValue(json))
                {
                    terminal.WriteJson(ComparisonText.ToJson(comparison, (a.Name, reportA), (b.Name, reportB), seen));
                }
                else
                {
                    ComparisonText.Print(terminal.Out, comparison, (a.Name, reportA), (b.Name, reportB), seen);
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>All checks are done before either network works.</summary>
    private static void EnsureFit(Terminal terminal, UsedNetwork network, string folder, EvaluationOptions options)
    {
        TestingOptions.EnsureFit(options, network.Preprocessing);
        TestPictures.EnsureFit(TestPictures.Open(folder, network.Labels), network, terminal.Error);
    }

    /// <summary>The pictures with the classes of a network.</summary>
    private static ISizedDataset For(UsedNetwork network, ISizedDataset pictures) =>
        network.Labels is { } labels && !labels.Equals(pictures.Labels) ? new RelabeledPictures(pictures, labels) : pictures;

    private static EvaluationReport Evaluate(
        Terminal terminal, string letter, UsedNetwork network, IImageDataset pictures, EvaluationOptions options, CancellationToken stop)
    {
        terminal.Error.Say($"{letter}: {network.Name}");
        return EvaluationDisplay.Show(
            terminal.Error, options, (shown, progress) => Evaluator.Evaluate(network.Model, pictures, network.Preprocessing, shown, progress, stop));
    }
}
