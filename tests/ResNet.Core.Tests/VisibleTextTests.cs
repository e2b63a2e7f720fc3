namespace ResNet.Core.Tests;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("goldfish, Carassius auratus")]
    [InlineData("größe 猫 שלום سلام \U0001F600 👨\u200D👩\u200D👧 می\u200Cخواهم")]
    [InlineData(@"C:\photos\new [1] & <2>")]
    [InlineData("")]
    public void Text_that_shows_itself_stays(string text) => VisibleText.Line(text).Should().BeSameAs(text);

    [Theory]
    [InlineData("a\nb\r\tc", @"a\nb\r\tc")]
    [InlineData("\u001b[31mRED\u001b]0;pwn\u0007", @"\u001B[31mRED\u001B]0;pwn\u0007")]
    [InlineData("\0\u007f", @"\u0000\u007F")]
    [InlineData("\u009b2J\u0085", @"\u009B2J\u0085")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    [InlineData("a\u202Egpj.exe\u2066\u2069\u200F\u061C", @"a\u202Egpj.exe\u2066\u2069\u200F\u061C")]
    [InlineData("x\u200By\u00ADz\uFEFF", @"x\u200By\u00ADz\uFEFF")]
    [InlineData("\U000E0041", @"\U000E0041")]
    public void What_does_not_show_itself_becomes_an_escape(string text, string expected) => VisibleText.Line(text).Should().Be(expected);

    [Fact]
    public void Half_a_pair_of_surrogates_becomes_an_escape() =>
        VisibleText.Line(string.Concat("a", '\uD83D', " b", '\uDE00')).Should().Be(@"a\uD83D b\uDE00");

    [Fact]
    public void No_control_character_is_left() =>
        VisibleText.Line(string.Concat(Enumerable.Range(0, 0x3000).Select(value => (char)value))).Should().NotContainAny(
            Enumerable.Range(0, 0x3000).Select(value => (char)value).Where(letter => char.IsControl(letter)
                || char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator)
                .Select(letter => letter.ToString()));

    [Fact]
    public void Lines_of_a_message_stay_and_what_stands_in_them_is_shown() =>
        VisibleText.Lines("first\u001b[2J\r\nsecond\rthird\n").Should().Be("first\\u001B[2J\r\nsecond\\rthird\n");

    [Theory]
    [InlineData("a|b", @"a\|b")]
    [InlineData(@"a\|b", @"a\\\|b")]
    [InlineData(@"a\", @"a\\")]
    [InlineData(@"C:\data", @"C:\data")]
    [InlineData("<b>&lt;", "&lt;b>&amp;lt;")]
    [InlineData("![x](http://tracker/x.png)", @"!\[x\](http://tracker/x.png)")]
    [InlineData("`code", @"\`code")]
    [InlineData("a\n| b | c |", @"a\n\| b \| c \|")]
    public void A_cell_of_Markdown_stays_one_cell_of_plain_text(string text, string expected) => VisibleText.Markdown(text).Should().Be(expected);

    [Theory]
    [InlineData("cat", "cat")]
    [InlineData("crane, bird", "\"crane, bird\"")]
    [InlineData("the \"cat\"", "\"the \"\"cat\"\"\"")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("=1+1,2", "\"'=1+1,2\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("\t=1", @"\t=1")]
    [InlineData("\r=1", @"\r=1")]
    [InlineData("a\nb", @"a\nb")]
    [InlineData("a=b", "a=b")]
    [InlineData("", "")]
    public void A_field_of_a_table_is_one_line_and_no_formula(string text, string expected) => VisibleText.CsvField(text).Should().Be(expected);
}
