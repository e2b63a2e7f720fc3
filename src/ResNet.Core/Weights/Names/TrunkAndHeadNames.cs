using System.Text.RegularExpressions;

namespace ResNet.Weights;

/// <summary>
/// Names of networks that were cut in two, the convolutions and the classifier: <c>backbone.layer1.0.conv1.weight</c> and
/// <c>head.fc.weight</c> of MMPretrain, or <c>encoder.…</c> and <c>classifier.weight</c> of many a program of one's own.
/// </summary>
internal static partial class TrunkAndHeadNames
{
    public static string? ToModel(string name) =>
        Trunk().Match(name) is { Success: true } trunk ? name[trunk.Length..]
        : Head().Match(name) is { Success: true } head ? $"fc.{head.Groups["rest"].Value}" : null;

    [GeneratedRegex(@"^(backbone|encoder|trunk|body|features|feature_extractor|base|base_model|cnn|resnet[0-9]*|model|net)\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Trunk();

    [GeneratedRegex(@"^(head\.fc|fc|head|classifier|cls|linear)\.(?<rest>weight|bias)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Head();
}
