using System.Text;
using System.Xml.Linq;

namespace ResNet.Training;

/// <summary>
/// Writes elements as HTML. Whatever the names of pictures and classes hold stays text, since nothing but elements makes markup. .NET's own writer
/// of XML will not do: it closes an empty <c>td</c> in a way that browsers take for open, and escapes scripts.
/// </summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Void = ["br", "col", "hr", "img", "link", "meta"];
    private static readonly HashSet<string> Raw = ["script", "style"];

    public static string Write(XElement root)
    {
        var text = new StringBuilder("<!DOCTYPE html>\n");
        Append(text, root);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, XElement element)
    {
        string name = element.Name.LocalName;
        text.Append('<').Append(name);
        foreach (var attribute in element.Attributes())
        {
            text.Append(' ').Append(attribute.Name.LocalName).Append("=\"");
            Append(text, attribute.Value);
            text.Append('"');
        }

        text.Append('>');
        if (Void.Contains(name))
        {
            return;
        }

        foreach (var node in element.Nodes())
        {
            if (node is XElement child)
            {
                Append(text, child);
            }
            else if (node is XText words && Raw.Contains(name))
            {
                text.Append(words.Value.Contains("</", StringComparison.Ordinal)
                    ? throw new InvalidOperationException($"The text of a {name} element must not hold '</', where a browser would end it.")
                    : words.Value);
            }
            else if (node is XText content)
            {
                Append(text, content.Value);
            }
        }

        text.Append("</").Append(name).Append('>');
    }

    private static void Append(StringBuilder text, string content)
    {
        foreach (char letter in VisibleText.Lines(content))
        {
            _ = letter switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                _ => text.Append(letter),
            };
        }
    }
}
