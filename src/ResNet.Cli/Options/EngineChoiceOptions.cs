using System.CommandLine;
using ResNet.Compilation;
using ResNet.Inference;

namespace ResNet.Cli;

/// <summary><c>--engine</c>, <c>--precision</c> and <c>--calibration</c>: what pictures go through, for commands that only run a network.</summary>
internal sealed class EngineChoiceOptions
{
    private readonly Option<string> _engine = new Option<string>("--engine")
    {
        Description = "auto (compiled where that is possible and computes what the network does), eager (the network itself) or compiled.",
        DefaultValueFactory = _ => "auto",
    }.AcceptOnlyFromAmong("auto", "eager", "compiled");

    private readonly Option<string> _precision = new Option<string>("--precision")
    {
        Description = "Numbers of the compiled network: fp32; bf16, about twice as fast on processors that have it; or int8, faster still, which needs --calibration.",
        DefaultValueFactory = _ => "fp32",
    }.AcceptOnlyFromAmong("fp32", "bf16", "int8");

    private readonly Option<string?> _calibration = new("--calibration")
    {
        Description = "A folder of some hundred photos like those to be classified, but not those to be tested on: int8 is calibrated on up to 128 of them, and the check of every "
            + "compiled network looks at eight.",
    };

    /// <summary>Adds the options to a command.</summary>
    public EngineChoiceOptions(Command command)
    {
        command.Options.Add(_engine);
        command.Options.Add(_precision);
        command.Options.Add(_calibration);
    }

    /// <summary>What the command line says.</summary>
    /// <exception cref="UsageException">Options that exclude or need each other, or a folder that is none.</exception>
    public EngineOptions Read(ParseResult parsed)
    {
        string engine = parsed.GetValue(_engine)!, precision = parsed.GetValue(_precision)!;
        string? calibration = parsed.GetValue(_calibration);
        if (engine == "eager" && (precision != "fp32" || calibration is not null))
        {
            string option = precision != "fp32" ? $"--precision {precision}" : "--calibration";
            throw new UsageException($"{option} is of the compiled network; leave --engine eager out.");
        }

        if (precision == "int8" && calibration is null)
        {
            throw new UsageException("--precision int8 learns from photos how large numbers get; name a folder of some hundred with --calibration.");
        }

        if (calibration is not null && !Directory.Exists(calibration))
        {
            string found = File.Exists(calibration) ? "a file" : "no folder";
            throw new UsageException($"--calibration is '{calibration}', which is {found}; name a folder of some hundred photos like those to be classified.");
        }

        return new EngineOptions
        {
            Choice = engine switch { "eager" => EngineChoice.Eager, "compiled" => EngineChoice.Compiled, _ => EngineChoice.Auto },
            CalibrationFolder = calibration,
            Compile = new CompileOptions
            {
                Precision = precision switch { "bf16" => CompilePrecision.BFloat16, "int8" => CompilePrecision.Int8, _ => CompilePrecision.Float32 },
            },
        };
    }
}
