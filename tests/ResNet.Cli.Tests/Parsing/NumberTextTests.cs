using System.Globalization;

namespace ResNet.Cli.Tests;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0.05", 0.05)]
    [InlineData("5", 5)]
    [InlineData("-0.5", -0.5)]
    [InlineData("+0.5", 0.5)]
    [InlineData(".5", 0.5)]
    [InlineData("1e-4", 1e-4)]
    [InlineData(" 0.1\n", 0.1)]
    public void A_number_is_read_with_a_decimal_point(string text, double expected)
    {
        NumberText.TryRead(text, out double value).Should().BeTrue();

        value.Should().Be(expected);
    }

    [Theory]
    [InlineData("0,05", "'0,05' is not a number for --rate; write 0.05")]
    [InlineData("-0,05", "'-0,05' is not a number for --rate; write -0.05")]
    [InlineData("\u22120.05", "'\u22120.05' is not a number for --rate; write -0.05")]
    [InlineData("5,0e-2", "'5,0e-2' is not a number for --rate; write 5.0e-2")]
    [InlineData("0,001", "'0,001' is not a number for --rate; write 0.001")]
    [InlineData("1,000", "'1,000' is not a number for --rate; write 1.000 or 1000")]
    [InlineData("1.000,5", "'1.000,5' is not a number for --rate; write 1000.5")]
    [InlineData("1,000.5", "'1,000.5' is not a number for --rate; write 1000.5")]
    [InlineData("1.000.000", "'1.000.000' is not a number for --rate; write 1000000")]
    [InlineData("1 000,5", "'1 000,5' is not a number for --rate; write 1000.5")]
    [InlineData("1_000", "'1_000' is not a number for --rate; write 1000")]
    [InlineData("1'000.5", "'1'000.5' is not a number for --rate; write 1000.5")]
    [InlineData("1.0.5", "'1.0.5' is not a number for --rate.")]
    [InlineData("0x10", "'0x10' is not a number for --rate.")]
    [InlineData("NaN", "'NaN' is not a number for --rate.")]
    [InlineData("Infinity", "'Infinity' is not a number for --rate.")]
    [InlineData("-\u221e", "'-\u221e' is not a number for --rate.")]
    [InlineData("1e400", "'1e400' is too large for --rate.")]
    [InlineData("(5)", "'(5)' is not a number for --rate.")]
    [InlineData("$5", "'$5' is not a number for --rate.")]
    [InlineData("5%", "'5%' is not a number for --rate.")]
    [InlineData("\uff15", "'\uff15' is not a number for --rate.")]
    [InlineData("", "'' is not a number for --rate.")]
    public void What_is_no_number_is_refused_with_the_right_spelling(string text, string message)
    {
        NumberText.TryRead(text, out double _).Should().BeFalse();

        NumberText.RefuseReal(text, "--rate").Should().Be(message);
    }

    [Theory]
    [InlineData("1,000", "'1,000' is not a whole number for --epochs; write 1000")]
    [InlineData("64.000", "'64.000' is not a whole number for --epochs; write 64000")]
    [InlineData("64 000", "'64 000' is not a whole number for --epochs; write 64000")]
    [InlineData("5,0", "'5,0' is not a whole number for --epochs; write 5")]
    [InlineData("5.0", "'5.0' is not a whole number for --epochs; write 5")]
    [InlineData("5,5", "'5,5' is not a whole number for --epochs.")]
    [InlineData("1e3", "'1e3' is not a whole number for --epochs.")]
    [InlineData("0x10", "'0x10' is not a whole number for --epochs.")]
    [InlineData("ten", "'ten' is not a whole number for --epochs.")]
    [InlineData("99999999999", "'99999999999' is too large for --epochs; it must be from -2147483648 to 2147483647.")]
    public void What_is_no_whole_number_is_refused_with_the_right_spelling(string text, string message)
    {
        NumberText.TryRead(text, out int _).Should().BeFalse();

        NumberText.RefuseWhole(text, "--epochs").Should().Be(message);
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("-3", -3)]
    [InlineData("       7", 7)]
    public void A_whole_number_is_read(string text, int expected)
    {
        NumberText.TryRead(text, out int value).Should().BeTrue();

        value.Should().Be(expected);
    }

    [Fact]
    public void The_culture_changes_nothing()
    {
        var german = new CultureInfo(string.Empty, useUserOverride: false) { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = german;

            NumberText.TryRead("0.05", out double value).Should().BeTrue();

            value.Should().Be(0.05);
            NumberText.TryRead("0,05", out double _).Should().BeFalse();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
