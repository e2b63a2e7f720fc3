using System.CommandLine;
using ResNet.Imaging;

namespace ResNet.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on stdout, everything else on stderr." };

    public static Option<string> Device() => new("--device")
    {
        Description = "auto, cpu, cuda or cuda:N.",
        DefaultValueFactory = _ => "auto",
    };

    public static Option<string?> Normalization()
    {
        var option = new Option<string?>("--normalization") { Description = "Colour normalisation, where the file does not say." };
        return option.AcceptOnlyFromAmong("imagenet", "cifar10", "none");
    }

    public static Normalization? ReadNormalization(string? text) => text switch
    {
        "imagenet" => ResNet.Imaging.Normalization.ImageNet,
        "cifar10" => ResNet.Imaging.Normalization.Cifar10,
        "none" => ResNet.Imaging.Normalization.None,
        _ => null,
    };
}
