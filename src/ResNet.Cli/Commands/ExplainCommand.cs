using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ResNet.Analysis;
using ResNet.Imaging;
using ResNet.Inference;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet explain</c>: where on photos a network finds what it names.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("explain", "Shows where on photos the network finds a class (Grad-CAM), as a picture beside the photo.");
        var photos = new Argument<string[]>("photo") { Description = "Picture files (JPEG, PNG, BMP, GIF, WebP).", Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(photos);
        var network = new NetworkOptions(command, terminal, stop);
        var decoding = new DecodingOption(command);
        var ofClass = new Option<string?>("--class") { Description = "The class to look for, by name or index; default: the most probable one of each photo." };
        var output = new Option<string>("--output") { Description = "The folder that pictures are written to.", DefaultValueFactory = _ => "explained" };
        var top = new Option<int>("--top") { Description = "How many classes to name for each.", DefaultValueFactory = _ => 5 }.AtLeastOne();
        var json = CommonOptions.Json();
        Option[] options = [ofClass, output, top, json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(json);
            OutputFolder.EnsureUsable(output.Name, parsed.GetValue(output));
            using var used = network.Open(parsed);
            int? index = parsed.GetValue(ofClass) is { } text ? ClassChoice.Find(text, used) : null;
            using var held = OutputFolder.Hold(output.Name, parsed.GetValue(output));

            // One crop, since a map belongs to one; and the model stays ours, to be differentiated.
            var preprocessing = used.Preprocessing with { Crops = TestCrops.Center };
            using var classifier = new ImageClassifier(used.Model, preprocessing, used.Labels, EngineOptions.Eager);
            string[] paths = parsed.GetValue(photos)!;
            _ = OutputMarker.Mark(parsed.GetValue(output)!);
            var names = new FreshNames();
            var results = new JsonArray();
            int failures = 0;
            ProgressDisplay.Show(terminal.Error, display =>
            {
                for (int i = 0; i < paths.Length; i++)
                {
                    stop.ThrowIfCancellationRequested();
                    if (Decode(terminal, paths[i], decoding.Read(parsed), stop) is { } picture)
                    {
                        var photo = preprocessing.Apply(picture);
                        var predictions = classifier.Classify(photo, parsed.GetValue(top));
                        var map = Explain(used, photo, index);
                        string target = Path.Combine(parsed.GetValue(output)!, names.Take(Path.GetFileNameWithoutExtension(paths[i]), ".explained.png"));
                        ImageEncoder.SavePng(Draw(used, photo, map, predictions[0]), target);
                        results.Add((JsonNode)ToJson(used, paths[i], map, predictions, target));
                        if (!asJson)
                        {
                            Print(terminal, used, paths[i], map, predictions, target);
                        }
                    }
                    else
                    {
                        failures++;
                    }

                    display.Update(i + 1, paths.Length, $"{i + 1} of {paths.Length} photos");
                }

                return true;
            });
            if (asJson)
            {
                terminal.WriteJson(results);
            }

            return failures == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>A photo that cannot be read is named, and the others are explained all the same.</summary>
    private static RgbImage? Decode(Terminal terminal, string path, ImageDecodeOptions options, CancellationToken stop)
    {
        try
        {
            return ImageDecoder.Decode(path, options, stop);
        }
        catch (Exception fault) when (fault is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.Say($"{FaultText.Of(fault)}");
            return null;
        }
    }

    private static ClassActivationMap Explain(UsedNetwork used, RgbImage photo, int? index)
    {
        using var input = ImageTensor.FromImages([photo], used.Preprocessing.Normalization, used.Device);
        return GradCam.Of(used.Model, input, index);
    }

    private static RgbImage Draw(UsedNetwork used, RgbImage photo, ClassActivationMap map, Prediction best)
    {
        var overlay = HeatOverlay.Draw(photo, map);
        return PictureSheet.Draw(
            [
                new SheetPicture(HeatOverlay.Enlarge(photo), [Caption(best.Label, best.Probability)]),
                new SheetPicture(overlay, [Caption(used.LabelOf(map.ClassIndex), map.Probability)]),
            ],
            cellSize: Math.Clamp(Math.Max(overlay.Width, overlay.Height), 64, 1024));
    }

    /// <summary>The number first: a long name is cut off.</summary>
    private static string Caption(string label, double probability) => string.Create(CultureInfo.InvariantCulture, $"{probability:F2} {label}");

    private static void Print(
        Terminal terminal, UsedNetwork used, string photo, ClassActivationMap map, IReadOnlyList<Prediction> predictions, string target)
    {
        terminal.Out.Say($"{photo}");
        foreach (var prediction in predictions)
        {
            terminal.Out.Say($"  {prediction.Probability,7:P1}  {prediction.Label}");
        }

        string nothing = map.Values.Any(value => value > 0) ? string.Empty : ", for which nothing in the photo speaks";
        terminal.Out.Say($"  where it finds '{used.LabelOf(map.ClassIndex)}'{nothing}: {target}");
    }

    private static JsonObject ToJson(UsedNetwork used, string photo, ClassActivationMap map, IReadOnlyList<Prediction> predictions, string target) => new()
    {
        ["file"] = photo,
        ["explained"] = ToJson(map.ClassIndex, used.LabelOf(map.ClassIndex), Terminal.Number(map.Probability)),
        ["predictions"] = new JsonArray([.. predictions.Select(prediction => ToJson(prediction.Index, prediction.Label, Terminal.Number(prediction.Probability)))]),
        ["picture"] = target,
    };

    private static JsonObject ToJson(int index, string label, JsonValue? probability) => new() { ["index"] = index, ["label"] = label, ["probability"] = probability };
}
