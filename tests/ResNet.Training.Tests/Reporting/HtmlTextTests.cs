using System.Xml.Linq;

namespace ResNet.Training.Tests;

public sealed class HtmlTextTests
{
    [Fact]
    public void Empty_elements_are_closed_and_void_ones_are_not() =>
        Write(new XElement("tr", new XElement("td"), new XElement("br"), new XElement("img", new XAttribute("alt", "")))).Should().Be("<tr><td></td><br><img alt=\"\"></tr>");

    [Fact]
    public void Texts_and_attributes_cannot_become_markup() =>
        Write(new XElement("p", new XAttribute("title", "\"><script>"), "</p> & <b>")).Should().Be("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;/p&gt; &amp; &lt;b&gt;</p>");

    [Fact]
    public void Characters_that_no_page_may_hold_are_shown_as_escapes() => Write(new XElement("p", "a\0b\u0001\tc\u007F")).Should().Be(@"<p>a\u0000b\u0001\tc\u007F</p>");

    [Fact]
    public void Scripts_stay_as_they_are() => Write(new XElement("script", "a && b < c => d")).Should().Be("<script>a && b < c => d</script>");

    [Fact]
    public void A_script_that_would_end_itself_is_refused()
    {
        var writing = () => Write(new XElement("script", "let a = '</script>';"));

        writing.Should().Throw<InvalidOperationException>().WithMessage("The text of a script element must not hold '</', where a browser would end it.");
    }

    private static string Write(XElement element)
    {
        string html = HtmlText.Write(element);
        html.Should().StartWith("<!DOCTYPE html>\n").And.EndWith("\n");
        return html["<!DOCTYPE html>\n".Length..^1];
    }
}
