using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>The weights that torchvision publishes for networks of this library, trained on ImageNet-1k.</summary>
internal static class TorchvisionWeights
{
    private const string Folder = "https://download.pytorch.org/models/";

    public static IReadOnlyList<PretrainedModel> All { get; } =
    [
        Entry("resnet18", "imagenet1k_v1", "f37072fd", ResNetOptions.ResNet18, Preprocessing.ImageNet, 11_689_512, 69.758, 89.078),
        Entry("resnet34", "imagenet1k_v1", "b627a593", ResNetOptions.ResNet34, Preprocessing.ImageNet, 21_797_672, 73.314, 91.42),
        Entry("resnet50", "imagenet1k_v1", "0676ba61", ResNetOptions.ResNet50, Preprocessing.ImageNet, 25_557_032, 76.13, 92.862),
        Entry("resnet50", "imagenet1k_v2", "11ad3fa6", ResNetOptions.ResNet50, Preprocessing.ImageNetV2, 25_557_032, 80.858, 95.434),
        Entry("resnet101", "imagenet1k_v1", "63fe2227", ResNetOptions.ResNet101, Preprocessing.ImageNet, 44_549_160, 77.374, 93.546),
        Entry("resnet101", "imagenet1k_v2", "cd907fc2", ResNetOptions.ResNet101, Preprocessing.ImageNetV2, 44_549_160, 81.886, 95.78),
        Entry("resnet152", "imagenet1k_v1", "394f9c45", ResNetOptions.ResNet152, Preprocessing.ImageNet, 60_192_808, 78.312, 94.046),
        Entry("resnet152", "imagenet1k_v2", "f82ba261", ResNetOptions.ResNet152, Preprocessing.ImageNetV2, 60_192_808, 82.284, 96.002),
        Entry("resnext50_32x4d", "imagenet1k_v1", "7cdf4587", ResNetOptions.ResNeXt50_32x4d, Preprocessing.ImageNet, 25_028_904, 77.618, 93.698),
        Entry("resnext50_32x4d", "imagenet1k_v2", "1a0047aa", ResNetOptions.ResNeXt50_32x4d, Preprocessing.ImageNetV2, 25_028_904, 81.198, 95.34),
        Entry("resnext101_32x8d", "imagenet1k_v1", "8ba56ff5", ResNetOptions.ResNeXt101_32x8d, Preprocessing.ImageNet, 88_791_336, 79.312, 94.526),
        Entry("resnext101_32x8d", "imagenet1k_v2", "110c445d", ResNetOptions.ResNeXt101_32x8d, Preprocessing.ImageNetV2, 88_791_336, 82.834, 96.228),
        Entry("resnext101_64x4d", "imagenet1k_v1", "173b62eb", ResNetOptions.ResNeXt101_64x4d, Preprocessing.ImageNetV2, 83_455_272, 83.246, 96.454),
        Entry("wide_resnet50_2", "imagenet1k_v1", "95faca4d", ResNetOptions.WideResNet50_2, Preprocessing.ImageNet, 68_883_240, 78.468, 94.086),
        Entry("wide_resnet50_2", "imagenet1k_v2", "9ba9bcbe", ResNetOptions.WideResNet50_2, Preprocessing.ImageNetV2, 68_883_240, 81.602, 95.758),
        Entry("wide_resnet101_2", "imagenet1k_v1", "32ee1156", ResNetOptions.WideResNet101_2, Preprocessing.ImageNet, 126_886_696, 78.848, 94.284),
        Entry("wide_resnet101_2", "imagenet1k_v2", "d733dc28", ResNetOptions.WideResNet101_2, Preprocessing.ImageNetV2, 126_886_696, 82.51, 96.02),
    ];

    /// <summary>One line of the table; accuracies in percent, as published.</summary>
    private static PretrainedModel Entry(
        string network, string version, string hash, ResNetOptions options, Preprocessing preprocessing, long parameters, double top1, double top5) => new()
        {
            Name = $"{network}.{version}",
            Options = options,
            Url = new Uri($"{Folder}{network}-{hash}.pth"),
            Sha256 = hash,
            Preprocessing = preprocessing,
            Labels = ClassLabels.ImageNet1k,
            ParameterCount = parameters,
            Top1Accuracy = top1 / 100,
            Top5Accuracy = top5 / 100,
            Source = $"torchvision, {version.ToUpperInvariant()} (https://pytorch.org/vision)",
        };
}
