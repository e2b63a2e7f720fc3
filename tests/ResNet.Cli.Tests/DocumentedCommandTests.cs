using System.Text.RegularExpressions;

namespace ResNet.Cli.Tests;

public sealed partial class DocumentedCommandTests
{
    private const string Ellipsis = "…";

    public static TheoryData<string> Commands =>
        new(((string[])["README.md", .. Directory.EnumerateFiles(Repository.PathTo("docs"), "*.md")])
            .SelectMany(file => Command().Matches(File.ReadAllText(Repository.PathTo(file))).Select(match => match.Groups["command"].Value.Trim()))
            .Where(command => !command.Split(' ').Contains(Ellipsis))
            .Distinct(StringComparer.Ordinal));

    [Fact]
    public void There_are_many() => Commands.Should().HaveCountGreaterThan(40);

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_documented_command_line_is_understood(string command)
    {
        using var stop = new StopSignals();

        new CommandLine(new Terminal(), stop).ErrorsOf(command.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Should().BeEmpty();
    }

    /// <summary>A line of a block, up to its comment; the README's table has commands without the program's name.</summary>
    [GeneratedRegex("^(resnet|dotnet run -c Release --project src/ResNet\\.Cli --) (?<command>[a-z]+( [^`#\\n]*)?)|^\\| `[a-z]+` \\| `(?<command>[^`]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
