using Microsoft.ML.OnnxRuntime;
using ResNet.Onnx;

namespace ResNet.Benchmarks.Workloads;

/// <summary>The networks of <see cref="InferenceNetworks"/> as files of ONNX, written once for all child processes.</summary>
internal static class OnnxModels
{
    public static string Folder { get; } = Path.Combine(Path.GetTempPath(), "resnet-benchmarks-onnx");

    /// <summary>A session as fast as ONNX Runtime makes it: all graph optimisations, as many threads as torch uses.</summary>
    public static InferenceSession Open(string network, bool spins)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = InferenceNetworks.ThreadCount,
            InterOpNumThreads = 1,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", spins ? "1" : "0");
        return new InferenceSession(FileOf(network), options);
    }

    /// <summary>The file; it is written if it is not there.</summary>
    public static string FileOf(string network)
    {
        string path = Path.Combine(Folder, network + ".onnx");
        if (!File.Exists(path))
        {
            using var model = InferenceNetworks.Build(network);
            _ = model.ExportOnnx(path);
        }

        return path;
    }

    /// <summary>Removes all files.</summary>
    public static void Remove()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
