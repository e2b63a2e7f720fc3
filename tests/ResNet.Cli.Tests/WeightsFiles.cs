using System.Buffers.Binary;
using System.Text.Json.Nodes;
using ResNet.Imaging;
using ResNet.Weights;
using TorchSharp;

namespace ResNet.Cli.Tests;

/// <summary>Files of weights as the commands meet them: of a network of three classes, and with things left out.</summary>
internal static class WeightsFiles
{
    private static readonly Lock Generator = new();

    public static string Version1 { get; } = Repository.PathTo("tests", "ResNet.Core.Tests", "Weights", "Data", "version1.safetensors");

    /// <summary>Fresh weights of resnet8-cifar, the same ones always.</summary>
    public static string Save(string path, Preprocessing? preprocessing, ClassLabels? labels, bool diverged = false)
    {
        using var model = Seeded();
        if (diverged)
        {
            using var noGradient = torch.no_grad();
            model.parameters().Last().fill_(double.NaN).Should().NotBeNull();
        }

        model.SaveWeights(path, new ModelDescription { Options = model.Options, Preprocessing = preprocessing, Labels = labels });
        return path;
    }

    /// <summary>Takes away everything that the file says about itself, as files of other programs are.</summary>
    public static void RemoveDescription(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject();
        header.Remove("__metadata__").Should().BeTrue();
        byte[] rest = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString().PadRight(length));
        rest.CopyTo(bytes, 8);
        File.WriteAllBytes(path, bytes);
    }

    private static ResNetModel Seeded()
    {
        // The random generator belongs to the process, and two tests run at once.
        lock (Generator)
        {
            torch.random.manual_seed(1);
            return new ResNetModel(ResNetOptions.Cifar(8) with { ClassCount = 3 });
        }
    }
}
