using System.Text.RegularExpressions;

namespace ResNet.Weights;

/// <summary>
/// Names of torchvision's network taken apart into an nn.Sequential of its children: <c>0.weight</c>, <c>1.running_mean</c>,
/// <c>4.0.conv1.weight</c>, and of fastai, which puts that first into another one and its own classifier second:
/// <c>0.4.0.conv1.weight</c>, <c>1.8.weight</c>.
/// </summary>
internal static partial class SequentialNames
{
    /// <summary>Convolution, normalisation, ReLU, pooling, four stages, pooling, classifier.</summary>
    public static string? ToModel(string name) => Child().Match(name) is not { Success: true } child ? null : child.Groups["index"].Value switch
    {
        "0" => $"conv1.{child.Groups["rest"].Value}",
        "1" => $"bn1.{child.Groups["rest"].Value}",
        "9" => $"fc.{child.Groups["rest"].Value}",
        [var stage] => $"layer{(char)(stage - 3)}.{child.Groups["rest"].Value}",
        _ => $"fc.{name["1.".Length..]}",
    };

    [GeneratedRegex(
        @"^((0\.)?(?<index>[01])\.(?<rest>[a-z_]+)|(0\.)?(?<index>[4-7])\.(?<rest>[0-9]{1,4}\..+)|(?<index>9)\.(?<rest>weight|bias)|1\.[0-9]+\.[a-z_]+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Child();
}
