using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ResNet.Cli;

/// <summary>
/// A line whose words are the program's and whose values may come from anywhere: each value is put in as <see cref="VisibleText.Line"/> shows it, so that
/// no name makes a second line, moves the cursor or turns the text. The compiler makes one of every <c>$"…"</c> that is said.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct VisibleLine
{
    private readonly StringBuilder _text;

    public VisibleLine(int literalLength, int formattedCount)
    {
        const int usualValue = 16;
        _text = new StringBuilder(literalLength + (usualValue * formattedCount));
    }

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted<T>(T value, int alignment = 0, string? format = null)
    {
        string text = VisibleText.Line((value is IFormattable number ? number.ToString(format, CultureInfo.CurrentCulture) : value?.ToString()) ?? string.Empty);
        _ = _text.Append(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
    }

    public override string ToString() => _text.ToString();
}
