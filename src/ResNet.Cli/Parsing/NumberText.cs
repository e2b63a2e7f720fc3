using System.Globalization;
using System.Text.RegularExpressions;

namespace ResNet.Cli;

/// <summary>Numbers on the command line: 1234, -5, 0.05, 1e-4. The same in every culture, and never with separators between digits, which may mean two things.</summary>
internal static partial class NumberText
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a whole number; blanks around it do not matter, since some programs print numbers so.</summary>
    public static bool TryRead(string text, out int value) => int.TryParse(text.AsSpan().Trim(), Whole, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a finite number; blanks around it do not matter, since some programs print numbers so.</summary>
    public static bool TryRead(string text, out double value) =>
        double.TryParse(text.AsSpan().Trim(), Real, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Says that a text is no whole number, and how one is written that may be meant.</summary>
    public static string RefuseWhole(string text, string option) => WholeNumber().IsMatch(text.Trim())
        ? $"'{text}' is too large for {option}; it must be from {int.MinValue} to {int.MaxValue}."
        : Refuse(text, "a whole number", option, [.. MeantWhole(Plain(text)).Where(meant => TryRead(meant, out int _))]);

    /// <summary>Says that a text is no number, and how one is written that may be meant.</summary>
    public static string RefuseReal(string text, string option) =>
        double.TryParse(text.AsSpan().Trim(), Real, CultureInfo.InvariantCulture, out double value) && !double.IsNaN(value) && text.Any(char.IsAsciiDigit)
            ? $"'{text}' is too large for {option}."
            : Refuse(text, "a number", option, [.. MeantReal(Plain(text)).Where(meant => TryRead(meant, out double _))]);

    private static string Refuse(string text, string what, string option, string[] meant) => meant.Length == 0
        ? $"'{text}' is not {what} for {option}."
        : $"'{text}' is not {what} for {option}; write {string.Join(" or ", meant)}";

    /// <summary>Without what only ever separates digits for the eye, and with the minus sign of keyboards.</summary>
    private static string Plain(string text) => EyeSeparator().Replace(text.Trim(), string.Empty).Replace('\u2212', '-');

    private static IEnumerable<string> MeantWhole(string text) =>
        Grouped().IsMatch(text) ? [WithoutMarks(text)] : WholeWithFraction().Match(text) is { Success: true } match ? [match.Groups["whole"].Value] : [text];

    private static IEnumerable<string> MeantReal(string text)
    {
        int last = text.LastIndexOfAny([',', '.']);
        if (last < 0)
        {
            return [text];
        }

        string asPoint = $"{WithoutMarks(text[..last])}.{text[(last + 1)..]}";
        bool isOneMark = text.IndexOfAny([',', '.']) == last;
        bool isMixed = text.Contains(',', StringComparison.Ordinal) && text.Contains('.', StringComparison.Ordinal);
        if (!Grouped().IsMatch(text))
        {
            // 1.000,5 and 1,000.5 have one decimal mark; 1.0.5 could be anything.
            return isOneMark || isMixed ? [asPoint] : [];
        }

        // 1,000 is a thousand here and one there: who typed it knows.
        return isOneMark ? [asPoint, WithoutMarks(text)] : isMixed ? [asPoint] : [WithoutMarks(text)];
    }

    private static string WithoutMarks(string text) => text.Replace(",", string.Empty, StringComparison.Ordinal).Replace(".", string.Empty, StringComparison.Ordinal);

    [GeneratedRegex("^[+-]?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();

    [GeneratedRegex("^[+-]?[1-9][0-9]{0,2}([.,][0-9]{3})+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grouped();

    [GeneratedRegex("^(?<whole>[+-]?[0-9]+)[.,]0+$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeWithFraction();

    [GeneratedRegex("(?<=[0-9])[\\s_'\u2019](?=[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex EyeSeparator();
}
