using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Compilation;
using ResNet.Imaging;
using ResNet.Inference;

namespace ResNet.Cli;

/// <summary><c>resnet classify</c>: the most probable classes of photos.</summary>
internal static class ClassifyCommand
{
    /// <summary>Compiling takes as long as the network itself takes for this many photos (measured: ResNet-50, 1.3 s for 15 to 25 of them).</summary>
    private const int PhotosWorthCompiling = 16;

    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("classify", "Names what is on photos.");
        var photos = new Argument<string[]>("photo") { Description = "Picture files (JPEG, PNG, BMP, GIF, WebP).", Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(photos);
        var network = new NetworkOptions(command, terminal, stop);
        var decoding = new DecodingOption(command);
        var top = new Option<int>("--top") { Description = "How many classes to name for each.", DefaultValueFactory = _ => 5 }.AtLeastOne();
        var json = CommonOptions.Json();
        var engine = new EngineChoiceOptions(command);
        command.Options.Add(top);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var engineOptions = Worthwhile(engine.Read(parsed), parsed.GetValue(photos)!.Length);
            using var classifier = Open(terminal, network.Open(parsed), engineOptions, stop);
            classifier.Limits = classifier.Limits with { Decoding = decoding.Read(parsed) };
            terminal.Error.Say($"engine: {classifier.Engine}");
            bool asJson = parsed.GetValue(json);
            var results = new JsonArray();
            int failures = 0;
            foreach (string photo in parsed.GetValue(photos)!.TakeWhile(_ => terminal.Loss is null))
            {
                stop.ThrowIfCancellationRequested();
                try
                {
                    var predictions = classifier.Classify(photo, parsed.GetValue(top), stop);
                    results.Add((JsonNode)ToJson(photo, predictions));
                    if (!asJson)
                    {
                        Print(terminal, photo, predictions);
                    }
                }
                catch (Exception fault) when (fault is ImageFormatException or IOException or UnauthorizedAccessException)
                {
                    failures++;
                    terminal.Error.Say($"{FaultText.Of(fault)}");
                }
            }

            if (asJson)
            {
                terminal.WriteJson(results);
            }

            return failures == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    /// <summary>For a few photos the network itself answers before another one would be compiled; whoever names a precision or a calibration wants to see that one.</summary>
    private static EngineOptions Worthwhile(EngineOptions options, int photoCount) =>
        options is { Choice: EngineChoice.Auto, Compile.Precision: CompilePrecision.Float32, CalibrationFolder: null } && photoCount < PhotosWorthCompiling
            ? options with { Choice = EngineChoice.Eager } : options;

    private static ImageClassifier Open(Terminal terminal, UsedNetwork used, EngineOptions options, CancellationToken stop)
    {
        try
        {
            var classifier = CalibrationDisplay.Show(
                terminal.Error, options, engine => new ImageClassifier(used.Model, used.Preprocessing, used.Labels, engine, stop));
            if (classifier.Engine.Compiled is not null)
            {
                // Its weights are not needed any more.
                used.Dispose();
            }

            return classifier;
        }
        catch
        {
            used.Dispose();
            throw;
        }
    }

    private static void Print(Terminal terminal, string photo, IReadOnlyList<Prediction> predictions)
    {
        terminal.Out.Say($"{photo}");
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
