using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ResNet.Training.Tests;

/// <summary>A page as a browser's tree of elements; the writer's HTML differs from XML in elements without an end only.</summary>
internal sealed partial class ReportPage
{
    private readonly XElement _root;

    public ReportPage(string html)
    {
        html.Should().StartWith("<!DOCTYPE html>\n<html");
        _root = XElement.Parse(Void().Replace(html["<!DOCTYPE html>".Length..], "<${void}/>"));
    }

    public IEnumerable<XElement> All(string name) => _root.Descendants(name);

    /// <summary>Numbers in texts, by their names.</summary>
    public IEnumerable<double?> Numbers(string name) => All("data").Where(data => Value(data, "data-name") == name).Select(data => Number(Value(data, "value")));

    /// <summary>The exact numbers in the rows of a table; its texts are left out.</summary>
    public double?[][] Rows(string table) =>
        [.. Table(table)!.Element("tbody")!.Elements("tr").Select(row => row.Elements("td").Where(cell => cell.Attribute("data-value") is not null).Select(cell => Number(Value(cell, "data-value"))).ToArray())];

    public string[] RowNames(string table) => [.. Table(table)!.Element("tbody")!.Elements("tr").Select(row => row.Element("th")!.Value)];

    public XElement? Table(string id) => All("table").SingleOrDefault(table => Value(table, "id") == id);

    private static string? Value(XElement element, string attribute) => element.Attribute(attribute)?.Value;

    private static double? Number(string? text) => string.IsNullOrEmpty(text) ? null : double.Parse(text, CultureInfo.InvariantCulture);


    [GeneratedRegex("<(?<void>(meta|img|br)( [a-z-]+=\"[^\"]*\")*)>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Void();
}
