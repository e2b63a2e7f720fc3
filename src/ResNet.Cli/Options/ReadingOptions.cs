using System.CommandLine;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>How files of weights are read, for commands that take one.</summary>
internal sealed class ReadingOptions
{
    private readonly Option<string?> _root = new("--root")
    {
        Description = "Where in a checkpoint of PyTorch the weights are, such as model_ema; default: looked for under the usual names.",
    };

    private readonly Option<bool> _allowUnknownGlobals = new("--allow-unknown-globals")
    {
        Description = "Read PyTorch files that name foreign Python objects; nothing is executed, the objects become inert placeholders.",
    };

    public ReadingOptions(Command command)
    {
        command.Options.Add(_root);
        command.Options.Add(_allowUnknownGlobals);
    }

    public StateDictReadOptions Read(ParseResult parsed) => new()
    {
        Root = parsed.GetValue(_root),
        AllowUnknownGlobals = parsed.GetValue(_allowUnknownGlobals),
    };
}
