using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Analysis;
using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary><c>resnet summary</c>: layers, parameters and multiply-adds.</summary>
internal static class SummaryCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("summary", "Shows the layers of a network with shapes, parameters and multiply-adds.");
        var network = new Argument<string>("network") { Description = $"A file of weights, a name that 'resnet download --list' shows, or {Architectures.Names}." };
        command.Arguments.Add(network);
        var inputSize = new Option<int?>("--input-size") { Description = "Height and width of the picture; default: 224, or 32 for the CIFAR networks." }.AtLeastOne();
        var json = CommonOptions.Json();
        var architecture = new ArchitectureOptions(command);
        var reading = new ReadingOptions(command);
        command.Options.Add(inputSize);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(network)!;
            var options = Architectures.IsName(name)
                ? architecture.Read(parsed, name)
                : OfWeights(terminal, name, architecture, parsed, reading.Read(parsed));
            if (options is null)
            {
                FileSummary.Show(terminal, name, reading.Read(parsed), parsed.GetValue(json));
                return ExitCode.Done;
            }

            int size = parsed.GetValue(inputSize) ?? (options.Stem == StemKind.Cifar ? 32 : 224);
            var summary = ModelSummary.Of(options, size);
            if (parsed.GetValue(json))
            {
                Terminal.WriteJson(ToJson(summary));
            }
            else
            {
                Print(terminal.Out, summary);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Published weights need not be fetched for this: their network is known.</summary>
    private static ResNetOptions? OfWeights(
        Terminal terminal, string name, ArchitectureOptions architecture, ParseResult parsed, StateDictReadOptions reading)
    {
        if (Path.Exists(name) || PretrainedFile.IsFileName(name))
        {
            return OfFile(terminal, name, architecture, parsed, reading);
        }

        if (!PretrainedWeights.TryFind(name, out var pretrained))
        {
            return architecture.Read(parsed, name);
        }

        architecture.EnsureAgrees(parsed, name, pretrained.Options);
        return pretrained.Options;
    }

    /// <summary>The network that a file says, or that the command line says and the file fits; null where neither says it.</summary>
    private static ResNetOptions? OfFile(
        Terminal terminal, string path, ArchitectureOptions architecture, ParseResult parsed, StateDictReadOptions reading)
    {
        if (ModelFile.TryReadDescription(path, out var description, reading))
        {
            architecture.EnsureAgrees(parsed, path, description.Options);
            return description.Options;
        }

        if (architecture.Name(parsed) is not { } name)
        {
            return null;
        }

        var options = architecture.Read(parsed, name);
        using var model = new ResNetModel(options);
        LoadReportText.Say(terminal.Error, path, model.LoadWeights(path, new WeightsLoadOptions { Reading = reading }));
        return options;
    }

    private static void Print(IAnsiConsole console, ModelSummary summary)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("layer");
        table.AddColumn("kind");
        table.AddColumn(new TableColumn("output").RightAligned());
        table.AddColumn(new TableColumn("parameters").RightAligned());
        table.AddColumn(new TableColumn("multiply-adds").RightAligned());
        foreach (var layer in summary.Layers)
        {
            table.AddRow(layer.Name, Text(layer.Kind), Text(layer.OutputShape), $"{layer.Parameters:N0}", $"{layer.MultiplyAdds:N0}");
        }

        console.Write(table);
        console.Say($"depth {summary.Depth}, {summary.Parameters:N0} parameters, {summary.MultiplyAdds:N0} multiply-adds at {summary.InputSize}x{summary.InputSize}");
    }

    private static string Text(LayerKind kind) => kind switch
    {
        LayerKind.Convolution => "convolution",
        LayerKind.BatchNormalization => "batch norm",
        _ => "linear",
    };

    private static string Text(MapShape shape) => $"{shape.Channels}x{shape.Height}x{shape.Width}";

    private static JsonObject ToJson(ModelSummary summary) => new()
    {
        ["parameters"] = summary.Parameters,
        ["multiplyAdds"] = summary.MultiplyAdds,
        ["depth"] = summary.Depth,
        ["inputSize"] = summary.InputSize,
        ["layers"] = new JsonArray([.. summary.Layers.Select(layer => new JsonObject
        {
            ["name"] = layer.Name,
            ["kind"] = Text(layer.Kind),
            ["output"] = new JsonArray(layer.OutputShape.Channels, layer.OutputShape.Height, layer.OutputShape.Width),
            ["parameters"] = layer.Parameters,
            ["multiplyAdds"] = layer.MultiplyAdds,
        })]),
    };
}
