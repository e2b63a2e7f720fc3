using System.Globalization;
using System.Xml.Linq;

namespace ResNet.Training;

/// <summary>Elements that a page is made of. Numbers are shown rounded and carried exactly, so that a program can read them from the page.</summary>
internal static class Html
{
    public const string Exact = "data-value";
    public const string Undefined = "–";

    public static XElement Tag(string name, params object?[] content) => new(name, content);

    public static XAttribute Class(string name) => new("class", name);

    public static XAttribute Set(string name, object value) => new(name, value);

    /// <summary>A name from outside, every character shown: whatever its script and direction, it does not turn the text around it.</summary>
    public static XElement Name(string name) => new("bdi", VisibleText.Line(name));

    public static XElement Section(string id, string title, params object?[] content) =>
        new("section", new XAttribute("aria-labelledby", id), new XElement("h2", new XAttribute("id", id), title), content);

    /// <summary>A box in which wide tables scroll, by keyboard too, so that the page need not.</summary>
    public static XElement Scroll(string label, XElement table) =>
        new("div", Class("scroll"), new XAttribute("tabindex", 0), new XAttribute("role", "region"), new XAttribute("aria-label", label), table);

    public static XElement Column(string text) => new("th", new XAttribute("scope", "col"), text);

    public static XElement Row(params object?[] content) => new("th", new XAttribute("scope", "row"), content);

    public static XElement CountCell(int count) => new("td", Class("number"), new XAttribute(Exact, count), Count(count));

    public static XElement PercentCell(double? share) => new("td", Class("number"), Carried(share), Percent(share));

    /// <summary>A number within a text, by name.</summary>
    public static XElement Number(string name, double? value, string text) => new("data", new XAttribute("data-name", name), new XAttribute("value", Text(value)), text);

    public static XAttribute Carried(double? value) => new(Exact, Text(value));

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>With a space that no line breaks at. What is not quite 0 or 1 is not shown as if it were.</summary>
    public static string Percent(double? share) => share switch
    {
        null or double.NaN => Undefined,
        > 0 and < 0.00005 => "< 0.01\u00A0%",
        > 0.99995 and < 1 => "> 99.99\u00A0%",
        { } number => string.Create(CultureInfo.InvariantCulture, $"{100 * number:F2}\u00A0%"),
    };

    /// <summary>As many digits as are needed to read the same number back.</summary>
    public static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;
}
