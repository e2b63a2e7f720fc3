using System.CommandLine;
using ResNet.Imaging;
using ResNet.Runtime;
using ResNet.Training;

namespace ResNet.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON document on stdout, everything else on stderr." };

    /// <param name="what">The sentence's beginning: what does not carry one.</param>
    public static Option<bool> NoFingerprint(string what) => new("--no-fingerprint")
    {
        Description = $"{what} a fingerprint of the images that the network was trained on. It keeps 'evaluate' from testing on those, but tells whoever has an image whether it was among them.",
    };

    public static Option<string?> ValidationFolder() => new("--validation-folder")
    {
        Description = "The folder beside 'train' whose pictures choose the best weights; default: val, valid or validation, where 'test' is there too.",
    };

    public static Option<string?> TestFolder() => new("--test-folder")
    {
        Description = "The folder beside 'train' that is tested on at the end; default: test, or else val, valid or validation.",
    };

    public static Option<string> Device()
    {
        var option = new Option<string>("--device") { Description = "auto, cpu, cuda or cuda:N.", DefaultValueFactory = _ => "auto" };
        option.Validators.Add(result =>
        {
            try
            {
                result.Tokens.ToList().ForEach(token => DeviceSelector.EnsureName(token.Value));
            }
            catch (ArgumentException fault)
            {
                result.AddError(FaultText.Of(fault));
            }
        });
        return option;
    }

    /// <summary>Refuses 0 and less as wrong usage.</summary>
    public static T AtLeastOne<T>(this T option)
        where T : Option
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && NumberText.TryRead(text, out int value) && value < 1)
            {
                result.AddError($"{option.Name} is {value}; it must be 1 or more.");
            }
        });
        return option;
    }

    public static Option<string> Precision()
    {
        var option = new Option<string>("--precision") { Description = "auto (the fastest that a short check finds right here), fp32 or bf16.", DefaultValueFactory = _ => "auto" };
        return option.AcceptOnlyFromAmong("auto", "fp32", "bf16");
    }

    public static Precision ReadPrecision(string? text) => text switch
    {
        "fp32" => Training.Precision.Float32,
        "bf16" => Training.Precision.BFloat16,
        _ => Training.Precision.Auto,
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
