using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.Core.Tests.Analysis;

/// <summary>A network of others with real weights, and pictures for it: what PyTorch's numbers in these tests were made with.</summary>
internal static class CifarCheckpoint
{
    /// <summary>ResNet-20 as akamaster trained it.</summary>
    public static ResNetModel Load()
    {
        Skip.IfNot(Oracle.Exists, Oracle.WhySkipped);
        return ModelFile.Load(Oracle.PathTo("weights", "resnet20-12fca82f.th"), ResNetOptions.Cifar(20) with { ZeroPadding = ZeroPadding.Both });
    }

    /// <summary>Test pictures of CIFAR-10, such as <c>ship/0000</c>, as one tensor that the caller disposes.</summary>
    public static Tensor Pictures(params IEnumerable<string> names)
    {
        string? folder = RealPictures.Cifar10();
        Skip.If(folder is null, RealPictures.WhySkipped);
        RgbImage[] images = [.. names.Select(name => ImageDecoder.Decode(Path.Combine(folder!, "test", $"{name}.jpg")))];
        return ImageTensor.FromImages(images, Normalization.ImageNet);
    }
}
