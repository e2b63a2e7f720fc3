using System.CommandLine;
using System.CommandLine.Parsing;

namespace ResNet.Cli;

/// <summary>Has every option that is a number read by <see cref="NumberText"/>: the usual reader takes a decimal comma for a separator of thousands.</summary>
internal static class NumberOptions
{
    /// <summary>Does so for a command and all below it.</summary>
    /// <exception cref="NotSupportedException">An option has a kind of number that is not known here.</exception>
    public static void UseIn(Command command)
    {
        foreach (var option in command.Options)
        {
            Use(option);
        }

        foreach (var below in command.Subcommands)
        {
            UseIn(below);
        }
    }

    private static void Use(Option option)
    {
        switch (option)
        {
            case Option<int> whole:
                whole.CustomParser = result => ReadWhole(result, option) ?? 0;
                break;
            case Option<int?> whole:
                whole.CustomParser = result => ReadWhole(result, option);
                break;
            case Option<double> real:
                real.CustomParser = result => ReadReal(result, option) ?? 0;
                break;
            case Option<double?> real:
                real.CustomParser = result => ReadReal(result, option);
                break;
            default:
                var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
                if (!type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal)
                {
                    throw new NotSupportedException($"{option.Name} is a {type.Name}, for which there is no reader.");
                }

                break;
        }
    }

    private static int? ReadWhole(ArgumentResult result, Option option) => Read<int>(result, option, NumberText.TryRead, NumberText.RefuseWhole);

    private static double? ReadReal(ArgumentResult result, Option option) => Read<double>(result, option, NumberText.TryRead, NumberText.RefuseReal);

    private static T? Read<T>(ArgumentResult result, Option option, Reader<T> tryRead, Func<string, string, string> refuse)
        where T : struct
    {
        string text = result.Tokens[^1].Value;
        if (tryRead(text, out var value))
        {
            return value;
        }

        result.AddError(refuse(text, option.Name));
        return null;
    }

    private delegate bool Reader<T>(string text, out T value);
}
