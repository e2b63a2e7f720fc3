namespace ResNet.Cli.Tests;

public sealed class ConsoleTextTests
{
    private const string Name = "a\n\u001b[31mb";

    [Fact]
    public void A_name_in_a_line_is_shown_and_stays_in_it()
    {
        var output = new WriterOutput(isTerminal: false);

        output.Console().Say($"{Name}: {0.5:P1}, {7,4}|{"x",-3}|");

        output.Lines.Should().Equal(@"a\n\u001B[31mb: 50.0 %,    7|x  |");
    }

    [Fact]
    public void Further_lines_of_a_message_are_indented()
    {
        var output = new WriterOutput(isTerminal: false);

        output.Console().Say("first\u001b[2J\r\n- second\nthird");

        output.Lines.Select(line => line.TrimEnd('\r')).Should().Equal(@"first\u001B[2J", "  - second", "  third");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_progress_display_shows_names(bool isTerminal)
    {
        var output = new WriterOutput(isTerminal);

        ProgressDisplay.Show(output.Console(), display =>
        {
            display.Update(1, 2, Name);
            display.Say(Name);
            return true;
        }, patience: TimeSpan.Zero);

        output.Text.Should().Contain(@"a\n\u001B[31mb").And.NotContain("\u001b[31m");
    }

    [Fact]
    public void A_table_shows_names_one_row_each_and_no_markup()
    {
        var output = new WriterOutput(isTerminal: false);
        var table = new TextTable().Column("[red]").Column("n", isNumber: true);
        table.Row(Name, "1");
        table.Row("[bold]x[/]", "2");

        table.Print(output.Console());

        output.Lines.Where(line => line.Trim().Length > 0).Should().HaveCount(4);
        output.Text.Should().Contain("[red]").And.Contain(@"a\n\u001B[31mb").And.Contain("[bold]x[/]").And.NotContain("\u001b");
    }
}
