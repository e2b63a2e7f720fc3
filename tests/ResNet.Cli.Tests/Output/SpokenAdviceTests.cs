using System.Text.RegularExpressions;

namespace ResNet.Cli.Tests;

/// <summary>Who reads a message at a terminal knows no members of C#.</summary>
public sealed partial class SpokenAdviceTests
{
    private static readonly string[] Members =
        ["Strict", "SkipClassifier", "AdaptInputChannels", "Prefix", "Rename", "Root =", "Root (", "Root is", "AllowUnknownGlobals", "ResNetOptions", "LoadWeights"];

    [Fact]
    public void No_message_about_weights_proposes_a_member_of_CSharp()
    {
        var sentences = Directory.EnumerateFiles(Repository.PathTo("src", "ResNet.Core", "Weights"), "*.cs", SearchOption.AllDirectories).SelectMany(Sentences).ToList();

        sentences.Should().HaveCountGreaterThan(10);
        sentences.Select(sentence => SpokenAdvice.OfRoot(SpokenAdvice.Of(sentence))).Should().OnlyContain(spoken => !Array.Exists(Members, member => spoken.Contains(member, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("x is [5, 64] in a but [10, 64] in the model; pass SkipClassifier or build with ClassCount = 5.", "x is [5, 64] in a but [10, 64] in the model; pass --classes 5.")]
    [InlineData("build with BottleneckStride = First1x1.", "pass --bottleneck-stride first.")]
    [InlineData("build with Residual = false.", "pass --plain.")]
    [InlineData("there are no tensors under Root = 'a'.", "there are no tensors under --root 'a'.")]
    public void Options_have_the_names_of_the_command_line(string said, string spoken) => SpokenAdvice.OfRoot(SpokenAdvice.Of(said)).Should().Be(spoken);

    /// <summary>The literals of a file that speak of members, with a number in place of what is filled in.</summary>
    private static IEnumerable<string> Sentences(string path) => File.ReadLines(path)
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        .SelectMany(line => Literal().Matches(line)).Select(match => Hole().Replace(match.Groups["text"].Value, "7"))
        // What stands between two literals of a hole is code.
        .Where(text => !text.Contains("=>", StringComparison.Ordinal))
        .Where(text => text.Contains(' ', StringComparison.Ordinal) && Array.Exists(Members, member => text.Contains(member, StringComparison.Ordinal)));

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Hole();
}
