using ResNet.Analysis;
using TorchSharp;

namespace ResNet.Benchmarks.Workloads;

/// <summary>What all contestants of the inference benchmarks share: weights, pictures, threads.</summary>
internal static class InferenceNetworks
{
    public const int Size = 224;

    public static int ThreadCount => Environment.ProcessorCount;

    /// <summary>The network with weights of one seed, in evaluation mode.</summary>
    public static ResNetModel Build(string network)
    {
        torch.random.manual_seed(0);
        var model = new ResNetModel(Networks.Options(network));
        model.eval();
        return model;
    }

    /// <summary>Products and sums of one picture, in GFLOP, as the convolutions' definition counts them.</summary>
    public static double Operations(string network)
    {
        using var model = new ResNetModel(Networks.Options(network));
        return 2e-9 * ModelSummary.Of(model, Size).MultiplyAdds;
    }

    /// <summary>N×3×224×224 numbers like those of normalised photos.</summary>
    public static float[] Pictures(int count)
    {
        var random = new Random(1);
        float[] pictures = new float[count * 3 * Size * Size];
        for (int i = 0; i < pictures.Length; i++)
        {
            pictures[i] = (float)((random.NextDouble() * 4) - 2);
        }

        return pictures;
    }
}
