using System.Globalization;
using System.Text.RegularExpressions;

namespace ResNet.Cli;

/// <summary>The names of networks on the command line.</summary>
internal static partial class Architectures
{
    public const string Names = "resnet18, resnet34, resnet50, resnet101, resnet152, resnext50_32x4d, resnext101_32x8d, resnext101_64x4d, wide_resnet50_2, wide_resnet101_2, or resnetN-cifar with N = 6n+2 (20, 32, 44, 56, 110, 1202; 9n+2 with --block bottleneck)";

    public static bool IsName(string text) => Preset(text) is not null || CifarName().IsMatch(text);

    public static ResNetOptions Parse(string name, BlockKind? block)
    {
        if (Preset(name) is { } preset)
        {
            return block is null || block == preset.Block
                ? preset
                : throw new UsageException($"{name} has {preset.Block} blocks, so --block {block} is another network. Leave --block out.");
        }

        if (CifarName().Match(name) is { Success: true } match)
        {
            int depth = int.Parse(match.Groups["depth"].ValueSpan, CultureInfo.InvariantCulture);
            return Cifar(depth, block);
        }

        throw new UsageException($"'{name}' is no network. Use {Names}.");
    }

    private static ResNetOptions Cifar(int depth, BlockKind? block)
    {
        bool fitsBasic = (depth - 2) % 6 == 0;
        bool fitsBottleneck = (depth - 2) % 9 == 0;
        var kind = block ?? (fitsBottleneck && !fitsBasic ? BlockKind.Bottleneck : BlockKind.Basic);
        try
        {
            return ResNetOptions.Cifar(depth, kind);
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new UsageException(fault.Message[..fault.Message.IndexOf(" (Parameter", StringComparison.Ordinal)]);
        }
    }

    private static ResNetOptions? Preset(string name) => name switch
    {
        "resnet18" => ResNetOptions.ResNet18,
        "resnet34" => ResNetOptions.ResNet34,
        "resnet50" => ResNetOptions.ResNet50,
        "resnet101" => ResNetOptions.ResNet101,
        "resnet152" => ResNetOptions.ResNet152,
        "resnext50_32x4d" => ResNetOptions.ResNeXt50_32x4d,
        "resnext101_32x8d" => ResNetOptions.ResNeXt101_32x8d,
        "resnext101_64x4d" => ResNetOptions.ResNeXt101_64x4d,
        "wide_resnet50_2" => ResNetOptions.WideResNet50_2,
        "wide_resnet101_2" => ResNetOptions.WideResNet101_2,
        _ => null,
    };

    [GeneratedRegex("^resnet(?<depth>[1-9][0-9]{0,3})-cifar$", RegexOptions.CultureInvariant)]
    private static partial Regex CifarName();
}
