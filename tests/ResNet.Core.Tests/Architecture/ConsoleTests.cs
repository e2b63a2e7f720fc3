using System.Text.RegularExpressions;

namespace ResNet.Core.Tests.Architecture;

/// <summary>Names from outside reach a terminal through a few files only, which show every character: whoever adds an output cannot go around them.</summary>
public sealed class ConsoleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The writers themselves, and the displays that hand texts to Spectre: bars and tables.</summary>
    private static readonly string[] Writers = ["ConsoleLog", "ConsoleText", "ForgivingWriter", "ProgressDisplay", "Terminal", "TextTable"];

    [Fact]
    public void Three_files_know_the_console() =>
        SourceFile.All().Where(file => file.Names("Console") || file.Code.Contains("System.Console", StringComparison.Ordinal)).Select(file => file.Name)
            .Should().BeEquivalentTo(["ConsoleOutput", "Program", "Terminal"]);

    [Fact]
    public void Commands_write_through_the_output_room() =>
        SourceFile.Of("ResNet.Cli").Where(file => !Writers.Contains(file.Name)).Where(file => Regex.IsMatch(
                file.Code, @"\b(console|_console|Out|Error|AnsiConsole|Writer)\.(Write|WriteLine|Markup\w*)\(", RegexOptions.ExplicitCapture, Patience))
            .Select(file => file.Path).Should().BeEmpty();

    [Fact]
    public void Tables_and_markup_are_made_in_one_place() =>
        SourceFile.Of("ResNet.Cli").Where(file => file.Names("Table") || file.Names("Markup") || file.Names("TableColumn")).Select(file => file.Name)
            .Should().BeEquivalentTo(["ProgressDisplay", "TextTable"]);
}
