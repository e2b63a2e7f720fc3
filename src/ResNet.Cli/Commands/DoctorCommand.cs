using System.CommandLine;
using System.Text.Json.Nodes;
using ResNet.Runtime;
using Spectre.Console;

namespace ResNet.Cli;

/// <summary><c>resnet doctor</c>: what this machine has, and whether it is enough.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal, CancellationToken stop)
    {
        var command = new Command("doctor", "Looks at the system, the torch back end and the devices, and ends with a verdict.");
        var json = CommonOptions.Json();
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            // Loading torch cannot be stopped, but need not be waited for.
            var info = Task.Run(TorchRuntime.Describe).WaitAsync(stop).GetAwaiter().GetResult();
            bool well = info.Problems.Count == 0;
            if (parsed.GetValue(json))
            {
                terminal.WriteJson(ToJson(info));
            }
            else
            {
                Print(terminal.Out, info);
            }

            return well ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static void Print(IAnsiConsole console, TorchRuntimeInfo info)
    {
        var table = new TextTable().Column("what").Column("found").WithoutBorder();
        foreach (var fact in info.ToRows())
        {
            table.Row(fact.Name, fact.Value);
        }

        table.Print(console);
        foreach (string problem in info.Problems)
        {
            console.Say($"problem: {problem}");
        }

        console.Say(info.Problems.Count == 0 ? "All is well: networks can be built, trained and run here." : "This will not work yet; the problems above say what to do.");
    }

    private static JsonObject ToJson(TorchRuntimeInfo info)
    {
        var facts = new JsonObject();
        foreach (var fact in info.ToRows())
        {
            facts[fact.Name] = fact.Value;
        }

        return new JsonObject
        {
            ["ok"] = info.Problems.Count == 0,
            ["facts"] = facts,
            ["problems"] = new JsonArray([.. info.Problems.Select(problem => JsonValue.Create(problem))]),
        };
    }
}
