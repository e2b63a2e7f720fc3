using System.CommandLine;
using System.Text.RegularExpressions;

namespace ResNet.Cli;

/// <summary>
/// Finds what looks like an option and is none. Left to the parser, it would be a photo, a file of weights or the value of the option before it, and the
/// work would be done on something else than what was meant.
/// </summary>
internal static partial class UnknownOptions
{
    private const string EndOfOptions = "--";

    /// <summary>Gives a sentence for each, with the nearest name.</summary>
    /// <param name="args">The command line as it was typed. What comes after <c>--</c> is never an option.</param>
    /// <param name="command">The command that was found in it.</param>
    public static IReadOnlyList<string> Find(IEnumerable<string> args, Command command)
    {
        string[] known = [.. Known(command)];
        return [.. args.TakeWhile(arg => arg != EndOfOptions).Where(arg => IsOption(arg) && !known.Contains(NameOf(arg))).Select(arg => Refuse(arg, known))];
    }

    /// <summary>A lone - is what many programs call their standard input, and -0.5 a number.</summary>
    private static bool IsOption(string arg) => arg.StartsWith('-') && arg.Length > 1 && !NegativeNumber().IsMatch(arg);

    /// <summary>A value may follow the name behind = or :, as in --top=3.</summary>
    private static string NameOf(string arg) => arg.IndexOfAny(['=', ':']) is > 0 and var end ? arg[..end] : arg;

    private static string Refuse(string arg, string[] known)
    {
        string name = NameOf(arg);
        string nearest = NearestName.Find(name, known.Where(option => option.StartsWith(EndOfOptions, StringComparison.Ordinal))) is { } meant ? $"; did you mean {meant}?" : ".";
        string file = Path.Exists(arg) ? $" The file of that name goes after --, or is ./{arg}" : string.Empty;
        return $"There is no option {name}{nearest}{file}";
    }

    private static IEnumerable<string> Known(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
        .SelectMany(option => option.Aliases.Append(option.Name));

    [GeneratedRegex("^-[.,]?[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex NegativeNumber();
}
