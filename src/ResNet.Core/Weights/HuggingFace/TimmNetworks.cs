using System.Collections.Frozen;

namespace ResNet.Weights;

/// <summary>timm's names of networks, and what they are here.</summary>
internal static class TimmNetworks
{
    private static readonly FrozenDictionary<string, ResNetOptions> Known = new Dictionary<string, ResNetOptions>(StringComparer.Ordinal)
    {
        ["resnet18"] = ResNetOptions.ResNet18,
        ["resnet34"] = ResNetOptions.ResNet34,
        ["resnet26"] = ResNetOptions.ResNet50 with { BlocksPerStage = [2, 2, 2, 2] },
        ["resnet50"] = ResNetOptions.ResNet50,
        ["resnet101"] = ResNetOptions.ResNet101,
        ["resnet152"] = ResNetOptions.ResNet152,
        ["resnext50_32x4d"] = ResNetOptions.ResNeXt50_32x4d,
        ["resnext101_32x4d"] = ResNetOptions.ResNet101 with { Groups = 32, WidthPerGroup = 4 },
        ["resnext101_32x8d"] = ResNetOptions.ResNeXt101_32x8d,
        ["resnext101_32x16d"] = ResNetOptions.ResNet101 with { Groups = 32, WidthPerGroup = 16 },
        ["resnext101_32x32d"] = ResNetOptions.ResNet101 with { Groups = 32, WidthPerGroup = 32 },
        ["resnext101_64x4d"] = ResNetOptions.ResNeXt101_64x4d,
        ["wide_resnet50_2"] = ResNetOptions.WideResNet50_2,
        ["wide_resnet101_2"] = ResNetOptions.WideResNet101_2,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The options of a network.</summary>
    /// <param name="architecture">timm's name, with or without the tag of its weights after a dot.</param>
    /// <exception cref="FormatException">There is no such network here.</exception>
    public static ResNetOptions Find(string architecture)
    {
        string name = architecture.Split('.')[0];
        return Known.TryGetValue(name, out var options) ? options : throw new FormatException(
            $"its architecture is {ShapeText.Quote(architecture)}, {Describe(name)}. Of timm's networks these can be built: {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}");
    }

    private static string Describe(string name) => name switch
    {
        _ when name.StartsWith("resnetv2", StringComparison.Ordinal) => "a pre-activation network of timm's own kind",
        _ when Contains(name, "seresne", "skresne", "ecaresne", "senet", "cbam", "legacy_se") => "a network with attention in its blocks",
        _ when Contains(name, "resnetblur", "resnetaa", "resnest", "resnetrs", "res2ne") => "another kind of residual network",
        _ when name.EndsWith("_gn", StringComparison.Ordinal) => "a network with group normalisation",
        _ when name.StartsWith("resne", StringComparison.Ordinal) && name[^1] is 'c' or 'd' or 's' or 't' => "a network with a deep stem",
        _ => "which is no network of this library",
    };

    private static bool Contains(string name, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (name.Contains(part, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
