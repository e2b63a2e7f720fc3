using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Runtime;

namespace ResNet.Cli;

/// <summary><c>resnet classify</c>: the most probable classes of photos.</summary>
internal static class ClassifyCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("classify", "Names what is on photos.");
        var photos = new Argument<string[]>("photo") { Description = "Picture files (JPEG, PNG, BMP, GIF, WebP).", Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(photos);
        var weights = new Option<string?>("--weights") { Description = PretrainedFile.OptionHelp };
        var top = new Option<int>("--top") { Description = "How many classes to name for each.", DefaultValueFactory = _ => 5 }.AtLeastOne();
        var normalization = CommonOptions.Normalization();
        var device = CommonOptions.Device();
        var json = CommonOptions.Json();
        var architecture = new ArchitectureOptions(command);
        var reading = new ReadingOptions(command);
        Option[] options = [weights, top, normalization, device, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            using var classifier = parsed.GetValue(weights) is { } path ? Open(path, parsed) : BuiltIn(parsed);
            bool asJson = parsed.GetValue(json);
            var results = new JsonArray();
            int failures = 0;
            foreach (string photo in parsed.GetValue(photos)!)
            {
                stop.ThrowIfCancellationRequested();
                try
                {
                    var predictions = classifier.Classify(photo, parsed.GetValue(top));
                    results.Add((JsonNode)ToJson(photo, predictions));
                    if (!asJson)
                    {
                        Print(terminal, photo, predictions);
                    }
                }
                catch (Exception fault) when (fault is ImageFormatException or IOException or UnauthorizedAccessException)
                {
                    failures++;
                    terminal.Error.Say(fault.Message);
                }
            }

            if (asJson)
            {
                Terminal.WriteJson(results);
            }

            return failures == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;

        ImageClassifier Open(string path, ParseResult parsed)
        {
            var source = ModelSource.Open(
                path, architecture, parsed, CommonOptions.ReadNormalization(parsed.GetValue(normalization)),
                reading.Read(parsed), new PretrainedFile(terminal, stop));
            if (source.Assumption is { } assumption)
            {
                terminal.Error.Say(assumption);
            }

            return new ImageClassifier(source.Load(DeviceSelector.Parse(parsed.GetValue(device)!), terminal.Error), source.Preprocessing, source.Labels);
        }

        ImageClassifier BuiltIn(ParseResult parsed)
        {
            if (architecture.AnyGiven(parsed) || parsed.GetValue(normalization) is not null)
            {
                throw new UsageException($"Say which weights to use: --weights FILE, such as {LatestRun.Weights() ?? "best.safetensors of a run of 'resnet train'"}. The built-in network takes no options.");
            }

            string newest = LatestRun.Weights() is { } run ? $" (--weights {run} takes your newest run)" : string.Empty;
            terminal.Error.Say($"Without --weights: the built-in ResNet-20, which knows CIFAR-10's ten classes, from airplane to truck{newest}.");
            return ImageClassifier.BuiltIn(DeviceSelector.Parse(parsed.GetValue(device)!));
        }
    }

    private static void Print(Terminal terminal, string photo, IReadOnlyList<Prediction> predictions)
    {
        terminal.Out.Say(photo);
        foreach (var prediction in predictions)
        {
            terminal.Out.Say($"  {prediction.Probability,7:P1}  {prediction.Label}");
        }
    }

    private static JsonObject ToJson(string photo, IReadOnlyList<Prediction> predictions) => new()
    {
        ["file"] = photo,
        ["predictions"] = new JsonArray([.. predictions.Select(prediction => new JsonObject
        {
            ["index"] = prediction.Index,
            ["label"] = prediction.Label,
            ["probability"] = Terminal.Number(prediction.Probability),
        })]),
    };
}
