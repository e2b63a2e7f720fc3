using System.Globalization;
using System.Text.RegularExpressions;

namespace ResNet.Weights;

/// <summary>
/// Names of Hugging Face's transformers: stages, blocks and layers counted from 0,
/// <c>resnet.encoder.stages.0.layers.1.layer.2.convolution.weight</c>, <c>….shortcut.normalization.weight</c>, <c>classifier.1.weight</c>.
/// </summary>
internal static partial class TransformersNames
{
    public static string? ToModel(string name)
    {
        if (Outside().Match(name) is { Success: true } outside)
        {
            string layer = outside.Groups["layer"].Value switch
            {
                "classifier.1" => "fc",
                [.., 'c', 'o', 'n', 'v', 'o', 'l', 'u', 't', 'i', 'o', 'n'] => "conv1",
                _ => "bn1",
            };
            return $"{layer}.{outside.Groups["rest"].Value}";
        }

        if (Block().Match(name) is not { Success: true } block)
        {
            return null;
        }

        bool convolution = block.Groups["kind"].Value == "convolution";
        string layerInBlock = block.Groups["index"] is { Success: true } index
            ? $"{(convolution ? "conv" : "bn")}{After(index)}"
            : $"downsample.{(convolution ? 0 : 1)}";
        return $"layer{After(block.Groups["stage"])}.{block.Groups["block"].Value}.{layerInBlock}.{block.Groups["rest"].Value}";
    }

    /// <summary>From counting from 0 to counting from 1.</summary>
    private static string After(Group index) => (int.Parse(index.ValueSpan, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^((resnet\.)?embedder\.(?<layer>embedder\.(convolution|normalization))|(?<layer>classifier\.1))\.(?<rest>\w+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Outside();

    [GeneratedRegex(
        @"^(resnet\.)?(encoder\.)?stages\.(?<stage>[0-3])\.layers\.(?<block>[0-9]{1,4})\.(shortcut|layer\.(?<index>[0-2]))\.(?<kind>convolution|normalization)\.(?<rest>\w+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
