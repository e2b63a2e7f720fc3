using ResNet.Imaging;

namespace ResNet.Weights;

/// <summary>Weights of the paper's CIFAR-10 networks that two repositories publish.</summary>
internal static class CifarWeights
{
    private const string Idelbayev = "https://github.com/akamaster/pytorch_resnet_cifar10";
    private const string Chen = "https://github.com/chenyaofo/pytorch-cifar-models";

    // These were normalised by other deviations than CIFAR-10's own: the mean of each picture's.
    private static readonly Normalization ChenNormalization = Normalization.Cifar10 with { StdDev = [0.2023f, 0.1994f, 0.2010f] };

    public static IReadOnlyList<PretrainedModel> All { get; } =
    [
        OfIdelbayev(20, "12fca82f0bebc4135bf1f32f6e3710e61d5108578464b84fd6d7f5c1b04036c8", 269_722, 91.73),
        OfIdelbayev(32, "d509ac1820d7f25398913559d7e81a13229b1e7adc5648e3bfa5e22dc137f850", 464_154, 92.63),
        OfIdelbayev(44, "014dd6541728a1c700b1642ab640e211dc6eb8ed507d70697458dc8f8a0ae2e4", 658_586, 93.10),
        OfIdelbayev(56, "4bfd97631478d6b638d2764fd2baff3edb1d7d82252d54439343b6596b9b5367", 853_018, 93.39),
        OfIdelbayev(110, "1d1ed7c27571399c1fef66969bc4df68d6a92c8e6c41170f444e120e5354e3bc", 1_727_962, 93.68),
        OfIdelbayev(1202, "f3b1deed382cd4c986ff8aa090c805d99a646e99d1f9227d7178183648844f62", 19_421_274, 93.82),
        OfChen(20, "4118986f0df73003d572b0e397f0ac7b3f60af1f31aff3d2da164536e36f6ec8", 272_474, 92.60, 99.81),
        OfChen(32, "ef93fc4d3ea83c08d75bfd6fc31af56047cfa241608c9ba3a1f6dc11cca20dd9", 466_906, 93.53, 99.77),
        OfChen(44, "2a3cabcb", 661_338, 94.01, 99.77),
        OfChen(56, "187c023aee0c9cf3093a682d9447a538cbaf5489f7ae78a7df4edf2246ce380b", 855_770, 94.37, 99.83),
    ];

    /// <summary>Option A with the zero channels on both sides, and ImageNet's normalisation.</summary>
    private static PretrainedModel OfIdelbayev(int depth, string hash, long parameters, double top1) => new()
    {
        Name = $"resnet{depth}-cifar.cifar10_akamaster",
        Options = ResNetOptions.Cifar(depth) with { ZeroPadding = ZeroPadding.Both },
        Url = new Uri($"{Idelbayev}/raw/master/pretrained_models/resnet{depth}-{hash[..8]}.th"),
        Sha256 = hash,
        Preprocessing = Preprocessing.Cifar10 with { Normalization = Normalization.ImageNet },
        Labels = ClassLabels.Cifar10,
        ParameterCount = parameters,
        Top1Accuracy = top1 / 100,
        Source = $"Yerlan Idelbayev, Proper ResNet Implementation for CIFAR10 in PyTorch ({Idelbayev})",
    };

    /// <summary>Option B, as in torchvision's networks.</summary>
    private static PretrainedModel OfChen(int depth, string hash, long parameters, double top1, double top5) => new()
    {
        Name = $"resnet{depth}-cifar.cifar10_chenyaofo",
        Options = ResNetOptions.Cifar(depth) with { Shortcut = ShortcutOption.B },
        Url = new Uri($"{Chen}/releases/download/resnet/cifar10_resnet{depth}-{hash[..8]}.pt"),
        Sha256 = hash,
        Preprocessing = Preprocessing.Cifar10 with { Normalization = ChenNormalization },
        Labels = ClassLabels.Cifar10,
        ParameterCount = parameters,
        Top1Accuracy = top1 / 100,
        Top5Accuracy = top5 / 100,
        Source = $"Yaofo Chen, PyTorch CIFAR Models ({Chen})",
    };
}
