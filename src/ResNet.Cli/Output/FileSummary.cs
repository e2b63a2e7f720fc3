using System.Text.Json.Nodes;
using ResNet.Weights;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary>What is in a file of weights that does not say its network: its tensors.</summary>
internal static class FileSummary
{
    private static readonly string[] Statistics = [".running_mean", ".running_var", ".num_batches_tracked"];

    public static void Show(Terminal terminal, string path, StateDictReadOptions reading, bool asJson)
    {
        using var file = StateDictFile.Open(path, reading);
        if (asJson)
        {
            terminal.WriteJson(ToJson(file));
        }
        else
        {
            Print(terminal.Out, file);
        }

        terminal.Error.Say($"{path} does not say which network it belongs to. With --arch the network's layers are shown, once the weights are seen to fit.");
    }

    private static void Print(IAnsiConsole console, StateDictFile file)
    {
        var table = new TextTable().Column("tensor").Column("type").Column("shape", isNumber: true);
        foreach (var entry in file.Entries)
        {
            table.Row(entry.Name, $"{entry.Type}", Shape(entry));
        }

        table.Print(console);
        string root = file.Root is null ? string.Empty : $" under '{file.Root}'";
        console.Say($"{file.Format}, {file.Entries.Count:N0} tensors{root}, {Parameters(file):N0} parameters");
        foreach (string name in file.Placeholders)
        {
            console.Say($"replaced by an inert placeholder: {name}");
        }
    }

    private static JsonObject ToJson(StateDictFile file) => new()
    {
        ["format"] = file.Format,
        ["root"] = file.Root,
        ["parameters"] = Parameters(file),
        ["placeholders"] = new JsonArray([.. file.Placeholders.Select(name => JsonValue.Create(name))]),
        ["tensors"] = new JsonArray([.. file.Entries.Select(entry => new JsonObject
        {
            ["name"] = entry.Name,
            ["type"] = entry.Type.ToString(),
            ["shape"] = new JsonArray([.. entry.Shape.Select(length => JsonValue.Create(length))]),
        })]),
    };

    private static string Shape(StateDictEntry entry) => entry.Shape.Count == 0 ? "scalar" : string.Join('x', entry.Shape);

    /// <summary>Values that training changes by gradients; the running statistics are no parameters.</summary>
    private static long Parameters(StateDictFile file) => file.Entries
        .Where(entry => !Array.Exists(Statistics, name => entry.Name.EndsWith(name, StringComparison.Ordinal)))
        .Sum(entry => entry.Shape.Aggregate(1L, (product, length) => product * length));
}
