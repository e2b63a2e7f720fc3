using System.CommandLine;
using ResNet.Compilation;
using ResNet.Inference;

namespace ResNet.Cli;

/// <summary><c>--engine</c> and <c>--precision</c>: what pictures go through, for commands that only run a network.</summary>
internal sealed class EngineChoiceOptions
{
    private readonly Option<string> _engine = new Option<string>("--engine")
    {
        Description = "auto (compiled where that is possible and computes what the network does), eager (the network itself) or compiled.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "eager", "compiled");

    private readonly Option<string> _precision = new Option<string>("--precision")
    {
        Description = "Numbers of the compiled network: fp32, or bf16, about twice as fast on processors that have it.",
        DefaultValueFactory = _ => "fp32",
    }.AcceptOnlyFromAmong("fp32", "bf16");

    /// <summary>Adds the options to a command.</summary>
    public EngineChoiceOptions(Command command)
    {
        command.Options.Add(_engine);
        command.Options.Add(_precision);
    }

    /// <summary>What the command line says.</summary>
    /// <exception cref="UsageException">Options that exclude each other.</exception>
    public EngineOptions Read(ParseResult parsed)
    {
        string engine = parsed.GetValue(_engine)!;
        bool isHalf = parsed.GetValue(_precision) == "bf16";
        if (engine == "eager" && isHalf)
        {
            throw new UsageException("--precision bf16 is of the compiled network; leave --engine eager out.");
        }

        return new EngineOptions
        {
            Choice = engine switch { "eager" => EngineChoice.Eager, "compiled" => EngineChoice.Compiled, _ => EngineChoice.Auto },
            Compile = new CompileOptions { Precision = isHalf ? CompilePrecision.BFloat16 : CompilePrecision.Float32 },
        };
    }
}
