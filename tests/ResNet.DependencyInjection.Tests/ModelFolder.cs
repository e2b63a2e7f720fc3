using ResNet.Imaging;
using ResNet.Weights;

namespace ResNet.DependencyInjection.Tests;

/// <summary>A small network's file with everything in it, one with weights only, and a picture.</summary>
public sealed class ModelFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelFolder()
    {
        using var model = new ResNetModel(Network);
        model.SaveWeights(Complete, new ModelDescription { Options = Network, Preprocessing = Preprocessing.Cifar10, Labels = Labels });
        model.SaveWeights(Bare);
        byte[] pixels = new byte[3 * 40 * 50];
        new Random(1).NextBytes(pixels);
        ImageEncoder.SavePng(new RgbImage(40, 50, pixels), Picture);
    }

    public static ResNetOptions Network { get; } = ResNetOptions.Cifar(8) with { BaseWidth = 4, ClassCount = 3 };

    public static ClassLabels Labels { get; } = new(["cat", "dog", "horse"]);

    public string Complete => _folder.PathTo("complete.safetensors");

    public string Bare => _folder.PathTo("bare.safetensors");

    public string Picture => _folder.PathTo("picture.png");

    public string Missing => _folder.PathTo("missing.safetensors");

    public string Root => _folder.Root;

    public void Dispose() => _folder.Dispose();
}
