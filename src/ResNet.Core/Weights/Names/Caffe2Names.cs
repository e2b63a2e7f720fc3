using System.Globalization;
using System.Text.RegularExpressions;

namespace ResNet.Weights;

/// <summary>
/// Names of Facebook's Caffe2 and Detectron: <c>res2_0_branch2a_w</c>, <c>res2_0_branch2a_bn_s</c> (scale), <c>_b</c> (bias), <c>_rm</c>
/// and <c>_riv</c> (running mean and variance), <c>pred_w</c>.
/// </summary>
internal static partial class Caffe2Names
{
    public static string? ToModel(string name)
    {
        if (Stem().Match(name) is { Success: true } stem)
        {
            return stem.Groups["bn"].Success ? $"bn1.{Part(stem.Groups["part"].Value)}" : "conv1.weight";
        }

        if (Block().Match(name) is { Success: true } block)
        {
            return BranchNames.ToModel(
                int.Parse(block.Groups["stage"].ValueSpan, CultureInfo.InvariantCulture),
                int.Parse(block.Groups["block"].ValueSpan, CultureInfo.InvariantCulture),
                block.Groups["branch"].Value,
                block.Groups["bn"].Success,
                Part(block.Groups["part"].Value));
        }

        return Classifier().Match(name) is { Success: true } classifier ? $"fc.{Part(classifier.Groups["part"].Value)}" : null;
    }

    private static string Part(string part) => part switch
    {
        "w" or "s" => "weight",
        "rm" => "running_mean",
        "riv" => "running_var",
        _ => "bias",
    };

    [GeneratedRegex("^(conv1_w|(?<bn>res_conv1_bn)_(?<part>s|b|rm|riv))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Stem();

    [GeneratedRegex("^res(?<stage>[2-5])_(?<block>[0-9]{1,3})_branch(?<branch>1|2[abc])(_(?<part>w)|(?<bn>_bn)_(?<part>s|b|rm|riv))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex("^(pred|fc1000)_(?<part>w|b)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Classifier();
}
