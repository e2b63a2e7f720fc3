using Spectre.Console;

namespace ResNet.Cli;

/// <summary>A table of texts from anywhere: each is one line of its cell, and none is markup.</summary>
internal sealed class TextTable
{
    private readonly Table _table = new Table().Border(TableBorder.Simple);

    /// <summary>Adds a column.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="isNumber">Whether its texts stand at the right.</param>
    /// <param name="isWhole">Whether its texts are never broken where the table is too wide.</param>
    public TextTable Column(string header, bool isNumber = false, bool isWhole = false)
    {
        _table.AddColumn(new TableColumn(Cell(header)) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = isWhole });
        return this;
    }

    public void Row(params IEnumerable<string> texts) => _table.AddRow([.. texts.Select(Cell)]);

    /// <summary>Leaves no lines, no headers and no empty lines around it.</summary>
    public TextTable WithoutBorder()
    {
        _table.Border(TableBorder.None).HideHeaders();
        return this;
    }

    /// <summary>So narrow that more fits a terminal of 80 columns.</summary>
    public TextTable Narrow()
    {
        foreach (var column in _table.Columns)
        {
            column.PadLeft(0).PadRight(1);
        }

        return this;
    }

    public void Print(IAnsiConsole console) => console.Write(_table);

    private static Text Cell(string text) => new(VisibleText.Line(text));
}
