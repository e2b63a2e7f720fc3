using System.Text.Json;
using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>Reads a configuration that timm wrote, of the present form or the older one without <c>pretrained_cfg</c>.</summary>
internal sealed class TimmConfig
{
    private const int MostClasses = 1_000_000;
    private const int MostChannels = 64;
    private const int LargestSide = 4096;
    private const int DefaultSide = 224;
    private const double DefaultCropShare = 0.875;
    private const int ImageNetClasses = 1000;

    /// <summary>Arguments of the network that change nothing of a trained one.</summary>
    private static readonly string[] HarmlessArguments =
        ["num_classes", "in_chans", "drop_rate", "drop_path_rate", "drop_block_rate", "zero_init_last", "pretrained"];

    private readonly JsonElement _root;
    private readonly JsonElement _weights;

    public TimmConfig(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"it is {root.ValueKind} where an object was expected");
        }

        _root = root;
        _weights = Find(root, "pretrained_cfg", JsonValueKind.Object) ?? root;
    }

    /// <exception cref="FormatException">The network or its preprocessing cannot be had here, or a value is not of its kind.</exception>
    public ModelDescription ToDescription()
    {
        var options = TimmNetworks.Find(Architecture());
        EnsurePlain();
        var arguments = Find(_root, "model_args", JsonValueKind.Object);
        EnsureHarmless(arguments);
        int classes = Whole("num_classes", ReadInt(arguments, "num_classes") ?? ReadInt(_root, "num_classes") ?? ReadInt(_weights, "num_classes") ?? ImageNetClasses, MostClasses);
        int[] size = InputSize();
        int channels = Whole("in_chans", ReadInt(arguments, "in_chans") ?? size[0], MostChannels);
        options = options with { ClassCount = classes, InputChannels = channels };
        return new ModelDescription
        {
            Options = options,
            Preprocessing = channels == 3 ? DescribedInput.Bounded(ReadPreprocessing(size), options) : null,
            Labels = new TimmLabels(_root, _weights).Read(classes) ?? (classes == ImageNetClasses ? ClassLabels.ImageNet1k : null),
        };
    }

    private string Architecture()
    {
        if (Find(_root, "architecture", JsonValueKind.String) is { } architecture)
        {
            return architecture.GetString()!;
        }

        throw new FormatException(Find(_root, "model_type", JsonValueKind.String) is { } type
            ? $"it is of transformers (model_type {ShapeText.Quote(type.GetString()!)}), whose configuration is not read"
            : "it does not say its 'architecture', as configurations of timm do");
    }

    private void EnsurePlain()
    {
        if (Find(_root, "global_pool", JsonValueKind.String)?.GetString() is { } pool and not "avg")
        {
            throw new FormatException($"its global_pool is {ShapeText.Quote(pool)}; only 'avg' can be built");
        }
    }

    private static void EnsureHarmless(JsonElement? arguments)
    {
        foreach (var argument in arguments?.EnumerateObject() ?? default)
        {
            bool average = argument.NameEquals("global_pool") && argument.Value.ValueKind == JsonValueKind.String && argument.Value.ValueEquals("avg");
            if (!average && !HarmlessArguments.Contains(argument.Name, StringComparer.Ordinal))
            {
                throw new FormatException($"its model_args have {ShapeText.Quote(argument.Name)}, which makes another network of it");
            }
        }
    }

    private int[] InputSize()
    {
        if (Find(_weights, "input_size", JsonValueKind.Array) is not { } stored)
        {
            return [3, DefaultSide, DefaultSide];
        }

        int[] size = [.. Numbers(stored, "input_size", 3).Select(number => number == Math.Floor(number) && number is >= 1 and <= LargestSide
            ? (int)number
            : throw new FormatException($"its input_size has {number}; whole numbers from 1 to {LargestSide} are read"))];
        return size is [_, var height, var width] && height == width
            ? size
            : throw new FormatException($"its input_size is [{string.Join(", ", size)}]; three numbers were expected, height and width alike");
    }

    private Preprocessing ReadPreprocessing(int[] size)
    {
        string crop = Find(_weights, "crop_mode", JsonValueKind.String)?.GetString() ?? "center";
        if (crop != "center")
        {
            throw new FormatException($"its crop_mode is {ShapeText.Quote(crop)}; only 'center' can be done");
        }

        double share = Find(_weights, "crop_pct", JsonValueKind.Number)?.GetDouble() ?? DefaultCropShare;
        double shorter = Math.Floor(size[1] / share);
        if (share <= 0 || share > 1 || shorter > LargestSide)
        {
            throw new FormatException($"its crop_pct is {share}; it must be above 0, at most 1, and make no picture of more than {LargestSide} pixels");
        }

        string filter = Find(_weights, "interpolation", JsonValueKind.String)?.GetString() ?? "bicubic";
        return new Preprocessing
        {
            ResizeShorterSide = (int)shorter,
            CropSize = size[1],
            Filter = filter switch
            {
                "bilinear" => ResizeFilter.Bilinear,
                "bicubic" => ResizeFilter.Bicubic,
                _ => throw new FormatException($"its interpolation is {ShapeText.Quote(filter)}; 'bilinear' and 'bicubic' can be done"),
            },
            Normalization = new Normalization
            {
                Mean = Colours("mean") ?? Normalization.ImageNet.Mean,
                StdDev = Colours("std") ?? Normalization.ImageNet.StdDev,
            },
        };
    }

    private float[]? Colours(string name) => Find(_weights, name, JsonValueKind.Array) is { } stored
        ? [.. Numbers(stored, name, 3).Select(number => (float)number)]
        : null;

    private static double[] Numbers(JsonElement array, string name, int count)
    {
        if (array.GetArrayLength() != count || array.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number))
        {
            throw new FormatException($"its {name} has {array.GetArrayLength()} entries; {count} numbers were expected");
        }

        return [.. array.EnumerateArray().Select(item => item.GetDouble())];
    }

    private static int? ReadInt(JsonElement? element, string name)
    {
        if (element is not { } found || Find(found, name, JsonValueKind.Number) is not { } number)
        {
            return null;
        }

        return number.TryGetInt32(out int value) ? value : throw new FormatException($"its {name} is {number.GetRawText()}, which is no number that can be");
    }

    private static int Whole(string name, int value, int most) => value >= 1 && value <= most
        ? value
        : throw new FormatException(name == "num_classes" && value == 0
            ? "its num_classes is 0: the network has no classifier"
            : $"its {name} is {value}; 1 to {most} can be");

    /// <summary>A property, where it is there and not null.</summary>
    internal static JsonElement? Find(JsonElement element, string name, JsonValueKind kind)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw new FormatException($"its {name} is {value.ValueKind}; {kind} was expected");
    }
}
