using System.Globalization;
using System.Text;

namespace ResNet;

/// <summary>
/// Text from outside (names of classes, tensors, files and folders) for a terminal, a page of Markdown or a table of comma-separated values, where some
/// characters do more than show themselves: they move the cursor, turn the direction of a line, end a cell, or make a program compute.
/// </summary>
/// <remarks>Text without such characters stays as it is. Escapes are for the eye: they are not meant to be read back.</remarks>
public static class VisibleText
{
    private const string MarkdownPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>What spreadsheets take for the beginning of a formula, the wide forms of East Asian keyboards included.</summary>
    private const string FormulaSigns = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>Shows every character of a text in one line: control characters, line breaks and marks of direction become escapes such as \n and \u001B.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without control characters.</returns>
    public static string Line(string text) => Escape(text, keepLineBreaks: false);

    /// <summary>The same for text of several lines, such as a message: its line breaks stay.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text without control characters other than line feeds, and carriage returns before them.</returns>
    public static string Lines(string text) => Escape(text, keepLineBreaks: true);

    /// <summary>Shows a text in Markdown, in a cell of a table too, as it is: it makes no markup, no link and no image, and ends no cell.</summary>
    /// <param name="text">The text.</param>
    /// <returns>One line of Markdown.</returns>
    public static string Markdown(string text)
    {
        string line = Line(text);
        var result = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            _ = line[i] switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '|' or '[' or ']' or '`' => result.Append('\\').Append(line[i]),
                '\\' when i + 1 == line.Length || MarkdownPunctuation.Contains(line[i + 1], StringComparison.Ordinal) => result.Append("\\\\"),
                _ => result.Append(line[i]),
            };
        }

        return result.ToString();
    }

    /// <summary>Gives a text as one field of comma-separated values (RFC 4180): in quotes where it must be, and behind an apostrophe where a spreadsheet would compute it.</summary>
    /// <param name="text">The text; never a number, since -1 would become text.</param>
    /// <returns>The field, in one line.</returns>
    public static string CsvField(string text)
    {
        string line = Line(text);
        if (line.AsSpan().TrimStart() is [var first, ..] && FormulaSigns.Contains(first, StringComparison.Ordinal))
        {
            line = $"'{line}";
        }

        return line.AsSpan().IndexOfAny(',', '"') < 0 ? line : $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Escape(string text, bool keepLineBreaks)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? result = null;
        for (int i = 0, length; i < text.Length; i += length)
        {
            bool isWhole = Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out length) == System.Buffers.OperationStatus.Done;
            bool isBreak = keepLineBreaks && (text[i] == '\n' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n'));
            if (isWhole && (isBreak || !IsInvisible(rune.Value)))
            {
                _ = result?.Append(text, i, length);
                continue;
            }

            result ??= new StringBuilder(text, 0, i, text.Length + 16);
            _ = result.Append(EscapeOf(isWhole ? rune.Value : text[i]));
        }

        return result?.ToString() ?? text;
    }

    private static string EscapeOf(int value) => value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        > char.MaxValue => string.Create(CultureInfo.InvariantCulture, $"\\U{value:X8}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{value:X4}"),
    };

    /// <summary>Joiners of letters and emoji are not among them: words of some languages need them.</summary>
    private static bool IsInvisible(int value) => value switch
    {
        < 0x20 or (>= 0x7F and <= 0x9F) => true, // C0, DEL and C1
        0xAD or 0x61C or 0x180E or 0x200B or 0x200E or 0x200F => true, // soft hyphen, marks of direction, space without width
        >= 0x2028 and <= 0x202E => true, // ends of lines and paragraphs; embeddings and overrides of direction
        >= 0x2060 and <= 0x206F => true, // isolates of direction, and what no text shows
        0xFEFF or (>= 0xFFF9 and <= 0xFFFB) => true, // byte order mark, annotations
        >= 0xE0000 and <= 0xE007F => true, // tags
        _ => false,
    };
}
