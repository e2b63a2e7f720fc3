using System.Globalization;
using System.Text.RegularExpressions;

namespace ResNet.Weights;

/// <summary>
/// Names of the paper's own release for Caffe, as converters keep them: <c>res2a_branch2b.weight</c>, <c>bn2a_branch2b.running_mean</c>,
/// <c>scale2a_branch2b.weight</c>, <c>fc1000.weight</c>. Blocks are counted by letters, or, in long stages, a, b1, b2 ….
/// </summary>
internal static partial class CaffeNames
{
    public static string? ToModel(string name)
    {
        if (Stem().Match(name) is { Success: true } stem)
        {
            return $"{(stem.Groups["kind"].Value.Length == 0 ? "conv1" : "bn1")}.{stem.Groups["rest"].Value}";
        }

        if (Block().Match(name) is { Success: true } block)
        {
            return BranchNames.ToModel(
                int.Parse(block.Groups["stage"].ValueSpan, CultureInfo.InvariantCulture),
                Index(block.Groups["block"].Value),
                block.Groups["branch"].Value,
                block.Groups["kind"].Value != "res",
                block.Groups["rest"].Value);
        }

        return Classifier().Match(name) is { Success: true } classifier ? $"fc.{classifier.Groups["rest"].Value}" : null;
    }

    private static int Index(string block) => block.Length == 1 ? block[0] - 'a' : int.Parse(block.AsSpan(1), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<kind>|bn_|scale_)conv1\.(?<rest>\w+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Stem();

    [GeneratedRegex(@"^(?<kind>res|bn|scale)(?<stage>[2-5])(?<block>[a-z]|b[0-9]{1,3})_branch(?<branch>1|2[abc])\.(?<rest>\w+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"^fc[0-9]+\.(?<rest>weight|bias)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Classifier();
}
