using ResNet.Imaging;
using TorchSharp;

namespace ResNet.Training.Tests;

/// <summary>A network and a data set small enough to train in a test.</summary>
internal static class TinyNetwork
{
    public static TrainingOptions Options { get; } = TrainingOptions.Shapes with { Iterations = 6, BatchSize = 16, WorkerCount = 2, Precision = Precision.Float32, RecomputeBatchNormPictures = null };

    public static SyntheticShapes Shapes(int count, int seed = 0) => new(count, 32, seed);

    public static ResNetModel Build(int classCount, int seed = 0)
    {
        torch.random.manual_seed(seed);
        return new ResNetModel(ResNetOptions.Cifar(8) with { BaseWidth = 8, ClassCount = classCount });
    }

    /// <summary>Makes the scores of a fresh network differ by far more than rounding.</summary>
    public static void Sharpen(ResNetModel model)
    {
        using var inference = torch.no_grad();
        foreach (var (name, parameter) in model.named_parameters().Where(entry => entry.name == "fc.weight"))
        {
            _ = parameter.mul_(4);
        }
    }

    /// <summary>All weights and buffers as bytes, to compare bit by bit.</summary>
    public static byte[] Bytes(ResNetModel model) =>
        [.. model.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value.bytes.ToArray())];

    /// <summary>Whether no weight and no buffer is NaN or infinite.</summary>
    public static bool IsFinite(ResNetModel model)
    {
        using var scope = torch.NewDisposeScope();
        return model.state_dict().Values.All(value => value.isfinite().all().item<bool>());
    }

    public static double Error(ResNetModel model, IImageDataset dataset) =>
        Evaluator.Evaluate(model, dataset, Preprocessing.Cifar10).Top1Error;
}
