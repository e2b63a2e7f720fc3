using System.Globalization;
using System.Text.RegularExpressions;

namespace ResNet.Weights;

/// <summary>
/// Names of Facebook's pycls: stages and blocks counted from 1, <c>s1.b1.f.a.weight</c>, <c>s1.b1.f.a_bn.weight</c>, the projection
/// <c>s1.b1.proj.weight</c> and its normalisation <c>s1.b1.bn.weight</c>, <c>head.fc.weight</c>.
/// </summary>
internal static partial class PyclsNames
{
    public static string? ToModel(string name)
    {
        if (Outside().Match(name) is { Success: true } outside)
        {
            string layer = outside.Groups["layer"].Value switch
            {
                "stem.conv" => "conv1",
                "stem.bn" => "bn1",
                _ => "fc",
            };
            return $"{layer}.{outside.Groups["rest"].Value}";
        }

        if (Block().Match(name) is not { Success: true } block)
        {
            return null;
        }

        string inBlock = block.Groups["layer"].Value switch
        {
            "proj" => "downsample.0",
            "bn" => "downsample.1",
            [.., '_', 'b', 'n'] bn => $"bn{bn["f.".Length] - 'a' + 1}",
            var conv => $"conv{conv[^1] - 'a' + 1}",
        };
        int index = int.Parse(block.Groups["block"].ValueSpan, CultureInfo.InvariantCulture) - 1;
        return string.Create(CultureInfo.InvariantCulture, $"layer{block.Groups["stage"].Value}.{index}.{inBlock}.{block.Groups["rest"].Value}");
    }

    [GeneratedRegex(@"^(?<layer>stem\.conv|stem\.bn|head\.fc)\.(?<rest>\w+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Outside();

    [GeneratedRegex(@"^s(?<stage>[1-4])\.b(?<block>[1-9][0-9]{0,2})\.(?<layer>proj|bn|f\.[abc](_bn)?)\.(?<rest>\w+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
