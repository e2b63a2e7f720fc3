using System.CommandLine;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>The options by which a network is tested on corrupted pictures too.</summary>
internal sealed class CorruptionOptions
{
    private readonly Option<string?> _corrupt = CorruptOption("Test on corrupted pictures too");
    private readonly Option<string?> _severities = new("--severities") { Description = "Severities of --corrupt, 1 to 5, with commas between. Default: all five." };

    public CorruptionOptions(Command command)
    {
        command.Options.Add(_corrupt);
        command.Options.Add(_severities);
        _severities.Validators.Add(result =>
        {
            try
            {
                _ = ReadSeverities(result.Tokens.SingleOrDefault()?.Value ?? string.Empty);
            }
            catch (UsageException fault)
            {
                result.AddError(fault.Message);
            }
        });
    }

    /// <summary>An option that names corruptions; wrong names are wrong usage.</summary>
    public static Option<string?> CorruptOption(string purpose)
    {
        var option = new Option<string?>("--corrupt")
        {
            Description = $"{purpose}: {string.Join(", ", CorruptionNames.Known)}; several with commas between.",
        };
        option.Validators.Add(result =>
        {
            try
            {
                result.Tokens.ToList().ForEach(token => CorruptionNames.Parse(token.Value));
            }
            catch (ArgumentException fault)
            {
                result.AddError(FaultText.Of(fault));
            }
        });
        return option;
    }

    /// <summary>What is asked for; null where nothing is.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="evaluation">How the network looks at the pictures.</param>
    public RobustnessOptions? Read(ParseResult parsed, EvaluationOptions evaluation)
    {
        string? severities = parsed.GetValue(_severities);
        if (parsed.GetValue(_corrupt) is not { } names)
        {
            return severities is null ? null : throw new UsageException("--severities says how severe --corrupt is, which is not given.");
        }

        var options = new RobustnessOptions { Kinds = CorruptionNames.Parse(names), Evaluation = evaluation };
        return severities is null ? options : options with { Severities = ReadSeverities(severities) };
    }

    private static int[] ReadSeverities(string text)
    {
        int[] severities = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => part is [>= '1' and <= '5'] ? part[0] - '0' : 0)];
        return !severities.Contains(0) && severities.Distinct().Count() == severities.Length
            ? severities
            : throw new UsageException($"--severities is {text}; it must be numbers from 1 to 5 with commas between, none twice, such as 1,3,5.");
    }
}
