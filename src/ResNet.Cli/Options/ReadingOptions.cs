using System.CommandLine;
using System.CommandLine.Parsing;
using ResNet.Weights;

namespace ResNet.Cli;

/// <summary>How files of weights are read, for commands that take one.</summary>
internal sealed class ReadingOptions
{
    private const string PrefixName = "--prefix";

    private readonly Option<string?> _root = new("--root")
    {
        Description = "Where in a checkpoint of PyTorch the weights are, such as model_ema; default: looked for under the usual names.",
    };

    private readonly Option<string?> _prefix = new(PrefixName)
    {
        Description = "Take the tensors under this prefix only, such as encoder_q., where a file holds several networks.",
    };

    private readonly Option<bool> _allowUnknownGlobals = new("--allow-unknown-globals")
    {
        Description = "Read PyTorch files that name foreign Python objects; nothing is executed, the objects become inert placeholders.",
    };

    public ReadingOptions(Command command)
    {
        command.Options.Add(_root);
        command.Options.Add(_prefix);
        command.Options.Add(_allowUnknownGlobals);
    }

    public StateDictReadOptions Read(ParseResult parsed) => new()
    {
        Root = parsed.GetValue(_root),
        AllowUnknownGlobals = parsed.GetValue(_allowUnknownGlobals),
    };

    /// <summary>What <c>--prefix</c> says; null where it is not given, or the command has no such option.</summary>
    public static string? Prefix(ParseResult parsed) =>
        parsed.GetResult(PrefixName) is OptionResult ? parsed.GetValue<string?>(PrefixName) : null;
}
