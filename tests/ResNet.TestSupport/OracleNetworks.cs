
using System.Text.Json;

namespace ResNet.TestSupport;

/// <summary>The options behind the names of the reference cases.</summary>
public static class OracleNetworks
{
    public static ResNetOptions Options(string name, int classCount) => Shape(name) with { ClassCount = classCount };

    /// <summary>The reference cases of a kind, <c>forward</c> or <c>training</c>.</summary>
    public static List<JsonElement> Cases(string kind) => [.. Oracle.ReadJson("oracle", "networks.json").GetProperty(kind).EnumerateArray()];

    public static JsonElement Case(string kind, string name) => Cases(kind).Single(c => Name(c) == name);

    public static string Name(JsonElement reference) => reference.GetProperty("name").GetString()!;

    private static ResNetOptions Shape(string name) => name switch
    {
        "resnet18" => ResNetOptions.ResNet18,
        "resnet34" => ResNetOptions.ResNet34,
        "resnet50" => ResNetOptions.ResNet50,
        "resnet101" => ResNetOptions.ResNet101,
        "resnet152" => ResNetOptions.ResNet152,
        "resnet34-a" => ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.A },
        "resnet34-c" => ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.C },
        "resnet50-v1" => ResNetOptions.ResNet50 with { BottleneckStride = StridePlacement.First1x1 },
        "resnet20-cifar-a" => ResNetOptions.Cifar(20),
        "resnet20-cifar-b" => ResNetOptions.Cifar(20) with { Shortcut = ShortcutOption.B },
        "resnet56-cifar-a" => ResNetOptions.Cifar(56),
        "resnet110-cifar-a" => ResNetOptions.Cifar(110),
        "resnet18-preact" => ResNetOptions.ResNet18 with { PreActivation = true },
        "resnet50-preact" => ResNetOptions.ResNet50 with { PreActivation = true },
        "resnet20-cifar-a-preact" => ResNetOptions.Cifar(20) with { PreActivation = true },
        _ => throw new ArgumentException($"The reference data has a case '{name}' that these tests do not know.", nameof(name)),
    };
}
