namespace ResNet.Benchmarks.DeviceChecks;

/// <summary>The networks that are compared on two devices: all of the paper's kinds.</summary>
internal static class DeviceNetworks
{
    private static readonly Dictionary<string, ResNetOptions> All = new()
    {
        ["resnet20-cifar-a"] = ResNetOptions.Cifar(20),
        ["resnet20-cifar-b"] = ResNetOptions.Cifar(20) with { Shortcut = ShortcutOption.B },
        ["resnet20-cifar-a-preact"] = ResNetOptions.Cifar(20) with { PreActivation = true },
        ["resnet18"] = ResNetOptions.ResNet18,
        ["resnet56-cifar-a"] = ResNetOptions.Cifar(56),
        ["resnet110-cifar-a"] = ResNetOptions.Cifar(110),
        ["resnet18-preact"] = ResNetOptions.ResNet18 with { PreActivation = true },
        ["resnet34"] = ResNetOptions.ResNet34,
        ["resnet34-a"] = ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.A },
        ["resnet34-c"] = ResNetOptions.ResNet34 with { Shortcut = ShortcutOption.C },
        ["resnet50"] = ResNetOptions.ResNet50,
        ["resnet50-v1"] = ResNetOptions.ResNet50 with { BottleneckStride = StridePlacement.First1x1 },
        ["resnet50-preact"] = ResNetOptions.ResNet50 with { PreActivation = true },
        ["resnet101"] = ResNetOptions.ResNet101,
        ["resnet152"] = ResNetOptions.ResNet152,
    };

    /// <summary>Names and options; of a quick run the first four.</summary>
    public static IEnumerable<KeyValuePair<string, ResNetOptions>> Chosen(bool isQuick) => isQuick ? All.Take(4) : All;

    /// <summary>Scale of the normalisations, as the reference data has it: that of very deep networks keeps their logits finite.</summary>
    public static double NormScale(string name) => name == "resnet110-cifar-a" ? 0.2 : 0.8;

    public static long[] Input(ResNetOptions options) => options.Stem == StemKind.Cifar ? [4, 3, 32, 32] : [2, 3, 224, 224];
}
