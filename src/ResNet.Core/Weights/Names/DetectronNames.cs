using System.Globalization;
using System.Text.RegularExpressions;

namespace ResNet.Weights;

/// <summary>Names of Facebook's Detectron2: <c>stem.conv1.norm.weight</c>, <c>res2.0.conv1.norm.weight</c>, <c>res2.0.shortcut.weight</c>.</summary>
internal static partial class DetectronNames
{
    public static string? ToModel(string name)
    {
        if (Stem().Match(name) is { Success: true } stem)
        {
            return $"{(stem.Groups["norm"].Success ? "bn1" : "conv1")}.{stem.Groups["rest"].Value}";
        }

        if (Block().Match(name) is { Success: true } block)
        {
            bool norm = block.Groups["norm"].Success;
            string layer = block.Groups["conv"].Success
                ? $"{(norm ? "bn" : "conv")}{block.Groups["conv"].Value}"
                : $"downsample.{(norm ? 1 : 0)}";
            int stage = int.Parse(block.Groups["stage"].ValueSpan, CultureInfo.InvariantCulture) - 1;
            return string.Create(CultureInfo.InvariantCulture, $"layer{stage}.{block.Groups["block"].Value}.{layer}.{block.Groups["rest"].Value}");
        }

        return name.StartsWith("linear.", StringComparison.Ordinal) ? CifarNames.ToModel(name) : null;
    }

    [GeneratedRegex(@"^stem\.conv1\.(?<norm>norm\.)?(?<rest>\w+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Stem();

    [GeneratedRegex(@"^res(?<stage>[2-5])\.(?<block>[0-9]{1,3})\.(conv(?<conv>[1-3])|shortcut)\.(?<norm>norm\.)?(?<rest>\w+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
