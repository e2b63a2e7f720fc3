using System.CommandLine;
using ResNet.Analysis;
using ResNet.Imaging;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary><c>resnet filters</c>: the filters of the first layer as a picture.</summary>
internal static class FiltersCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("filters", "Draws the filters of a network's first layer.");
        var file = new Argument<string?>("file") { Description = PretrainedFile.OptionHelp + " Default: the built-in network.", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(file);
        var output = new Option<string>("--output") { Description = "The PNG file to write.", DefaultValueFactory = _ => "filters.png" };
        command.Options.Add(output);
        var network = new NetworkOptions(command, terminal, stop, withWeights: false);
        command.SetAction(parsed =>
        {
            if (string.IsNullOrWhiteSpace(parsed.GetValue(output)))
            {
                throw new UsageException($"{output.Name} is empty; name a file, such as filters.png.");
            }

            using var used = parsed.GetValue(file) is { } path ? network.Open(parsed, path) : network.OpenBuiltIn(parsed, "FILE");
            var filters = FirstLayerFilters.Of(used.Model);
            stop.ThrowIfCancellationRequested();
            string target = parsed.GetValue(output)!;
            ImageEncoder.SavePng(FilterSheet.Draw(filters), target);
            terminal.Out.Say($"{filters.Count} filters of {filters.Size}x{filters.Size}, each scaled by itself, grey where a weight is 0: {target}");
            return ExitCode.Done;
        });
        return command;
    }
}
