using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Analysis;
using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary><c>resnet summary</c>: layers, parameters, multiply-adds, memory and receptive fields.</summary>
internal static class SummaryCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("summary", "Shows the layers of a network with shapes, parameters, multiply-adds, memory and receptive fields.");
        var network = new Argument<string>("network") { Description = $"A file of weights, a name that 'resnet download --list' shows, or {Architectures.Names}." };
        command.Arguments.Add(network);
        var inputSize = InputSizeOption.Create();
        var json = CommonOptions.Json();
        var architecture = new ArchitectureOptions(command);
        var reading = new ReadingOptions(command);
        command.Options.Add(inputSize);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            stop.ThrowIfCancellationRequested();
            string name = parsed.GetValue(network)!;
            var options = Architectures.IsName(name)
                ? architecture.Read(parsed, name)
                : OfWeights(terminal, name, architecture, parsed, reading.Read(parsed));
            if (options is null)
            {
                FileSummary.Show(terminal, name, reading.Read(parsed), parsed.GetValue(json));
                return ExitCode.Done;
            }

            var (height, width) = InputSizeOption.Read(parsed.GetValue(inputSize)) ?? (options.Stem == StemKind.Cifar ? (32, 32) : (224, 224));
            var summary = ModelSummary.Of(options, height, width, stop);
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(ToJson(summary));
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
        LoadReportText.Say(terminal.Error, path, model.LoadWeights(path, new WeightsLoadOptions { Reading = reading, Prefix = ReadingOptions.Prefix(parsed) }));
        return options;
    }

    private static void Print(IAnsiConsole console, ModelSummary summary)
    {
        var table = new TextTable().Column("layer").Column("kind").Column("output", isNumber: true).Column("parameters", isNumber: true)
            .Column("multiply-adds", isNumber: true).Column("memory", isNumber: true);
        foreach (var layer in summary.Layers)
        {
            table.Row(
                layer.Name, Text(layer.Kind), Text(layer.OutputShape), $"{layer.Parameters:N0}", $"{layer.MultiplyAdds:N0}", Memory(layer.ActivationBytes));
        }

        table.Print(console);
        Stages(summary).Print(console);
        console.Say($"depth {summary.Depth}, {summary.Parameters:N0} parameters, {summary.MultiplyAdds:N0} multiply-adds at {summary.InputHeight}x{summary.InputWidth}");
        console.Say($"memory: parameters {Memory(summary.ParameterBytes)}, outputs of the layers {Memory(summary.ActivationBytes)} for one picture");
    }

    private static TextTable Stages(ModelSummary summary)
    {
        var table = new TextTable().Column("stage").Column("channels", isNumber: true).Column("receptive field", isNumber: true)
            .Column("stride", isNumber: true).Column("padding", isNumber: true);
        foreach (var stage in summary.Stages)
        {
            table.Row(stage.Name, $"{stage.Channels}", $"{stage.Field.Size}", $"{stage.Field.Stride}", $"{stage.Field.Padding}");
        }

        return table;
    }

    /// <summary>In thousands or millions of bytes, as the figures of others are.</summary>
    private static string Memory(long bytes) => bytes < 1_000_000 ? $"{bytes / 1e3:N1} kB" : $"{bytes / 1e6:N2} MB";

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
        ["parameterBytes"] = summary.ParameterBytes,
        ["activationBytes"] = summary.ActivationBytes,
        ["depth"] = summary.Depth,
        ["inputHeight"] = summary.InputHeight,
        ["inputWidth"] = summary.InputWidth,
        ["stages"] = new JsonArray([.. summary.Stages.Select(stage => new JsonObject
        {
            ["name"] = stage.Name,
            ["channels"] = stage.Channels,
            ["receptiveField"] = stage.Field.Size,
            ["stride"] = stage.Field.Stride,
            ["padding"] = stage.Field.Padding,
        })]),
        ["layers"] = new JsonArray([.. summary.Layers.Select(layer => new JsonObject
        {
            ["name"] = layer.Name,
            ["kind"] = Text(layer.Kind),
            ["output"] = new JsonArray(layer.OutputShape.Channels, layer.OutputShape.Height, layer.OutputShape.Width),
            ["parameters"] = layer.Parameters,
            ["multiplyAdds"] = layer.MultiplyAdds,
            ["activationBytes"] = layer.ActivationBytes,
        })]),
    };
}
