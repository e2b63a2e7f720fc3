using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Analysis;
using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet responses</c>: how strongly the layers respond, as the paper's Figure 7.</summary>
internal static class ResponsesCommand
{
    private const int BatchSize = 64;

    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("responses", "Measures how strongly the 3x3 layers of networks respond to pictures (the paper's Figure 7).");
        var files = new Argument<string[]>("file") { Description = PretrainedFile.OptionHelp + " Default: the built-in network.", Arity = ArgumentArity.ZeroOrMore };
        command.Arguments.Add(files);
        var data = new Option<string>("--data") { Description = "A folder of pictures, in any layout; of DIR/test beside DIR/train the former is taken.", Required = true };
        var output = new Option<string>("--output") { Description = "The folder that responses.csv and responses.png are written to.", DefaultValueFactory = _ => "responses" };
        var most = new Option<int>("--pictures") { Description = "How many pictures to take at most, evenly from all.", DefaultValueFactory = _ => 1000 }.AtLeastOne();
        var json = CommonOptions.Json();
        var includeSeen = UnseenImages.IncludeSeen();
        Option[] options = [data, output, most, includeSeen, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        var decoding = new DecodingOption(command);
        var network = new NetworkOptions(command, terminal, stop, withWeights: false);
        command.SetAction(parsed =>
        {
            OutputFolder.EnsureUsable(output.Name, parsed.GetValue(output));
            string folder = parsed.GetValue(data)!;
            var all = PictureFolder.Open(Directory.Exists(folder) ? ImageFolderSplits.FindTestFolder(folder) ?? folder : folder, decoding.Read(parsed));
            using var held = OutputFolder.Hold(output.Name, parsed.GetValue(output));
            string[] paths = parsed.GetValue(files)!;
            var fingerprints = paths.Select(path => network.FingerprintOf(parsed, path)).ToList();
            var (seen, unseen) = UnseenImages.Find(terminal.Error, all, fingerprints, parsed.GetValue(includeSeen), stop);
            var pictures = Evenly((IImageDataset?)unseen ?? all, parsed.GetValue(most));
            var measured = new List<(string Name, IReadOnlyList<LayerResponse> Layers)>();
            var faults = all.Faults.ToList();
            foreach (string? path in paths.DefaultIfEmpty<string?>(null))
            {
                using var used = path is null ? network.OpenBuiltIn(parsed, "FILE") : network.Open(parsed, path);
                var loading = new LoaderOptions { BatchSize = BatchSizeFor(used.Preprocessing.CropSize), Preprocessing = used.Preprocessing };
                var (responses, unreadable) = ResponseDisplay.Measure(terminal.Error, used.Name, used.Model, pictures, loading, stop);
                measured.Add((NameOf(used.Name, paths), responses));
                faults.AddRange(unreadable);
            }

            terminal.Error.SayLeftOut(faults.Distinct());

            string target = parsed.GetValue(output)!;
            _ = OutputMarker.Mark(target);
            ResponseTable.Save(Path.Combine(target, "responses.csv"), measured);
            byte[] chart = ResponseChart.ToPng("Responses of the 3x3 layers", measured);
            AtomicFile.Write(Path.Combine(target, "responses.png"), stream => stream.Write(chart));
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(ToJson(measured, pictures.Count, seen));
            }
            else
            {
                Print(terminal, measured, target);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IImageDataset Evenly(IImageDataset all, int most) =>
        all.Count <= most ? all : new Subset(all, Enumerable.Range(0, most).Select(i => (int)((long)i * all.Count / most)));

    /// <summary>The file's name alone, unless several networks share it: best.safetensors of every run.</summary>
    private static string NameOf(string name, string[] paths) => paths.Count(path => Path.GetFileName(path) == Path.GetFileName(name)) > 1 ? name : Path.GetFileName(name);

    private static void Print(Terminal terminal, List<(string Name, IReadOnlyList<LayerResponse> Layers)> measured, string target)
    {
        foreach (var (name, layers) in measured)
        {
            string place = layers[0].IsNormalized ? "after normalisation" : "after the convolutions: no normalisation follows them in a pre-activation network";
            terminal.Out.Say($"{name}: standard deviations {place}");
            foreach (var layer in layers)
            {
                terminal.Out.Say($"  {layer.Name,-20} {layer.StandardDeviation:F4}");
            }
        }

        terminal.Out.Say($"written: {Path.Combine(target, "responses.csv")}, {Path.Combine(target, "responses.png")}");
    }

    private static JsonObject ToJson(List<(string Name, IReadOnlyList<LayerResponse> Layers)> measured, int pictureCount, SeenImages? seen) => new()
    {
        ["pictures"] = pictureCount,
        ["seenImages"] = EvaluationFiles.ToJson(seen),
        ["networks"] = new JsonArray([.. measured.Select(network => new JsonObject
        {
            ["name"] = network.Name,
            ["layers"] = new JsonArray([.. network.Layers.Select(layer => new JsonObject
            {
                ["name"] = layer.Name,
                ["standardDeviation"] = Terminal.Number(layer.StandardDeviation),
                ["mean"] = Terminal.Number(layer.Mean),
                ["normalized"] = layer.IsNormalized,
            })]),
        })]),
    };

    /// <summary>A file may ask for very large images, of which fewer are taken at once.</summary>
    private static int BatchSizeFor(int cropSize) => (int)Math.Clamp(BatchSize * 224.0 * 224.0 / Math.Pow(cropSize, 2), 1, BatchSize);
}
