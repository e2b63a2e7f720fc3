using System.Collections;
using System.Runtime.InteropServices;
using TorchSharp;

namespace ResNet.Runtime;

/// <summary>Everything outside the network that decides which kernels run, and how they compute: what was found right in one environment says nothing of another.</summary>
internal static class KernelEnvironment
{
    /// <summary>
    /// Variables by which oneDNN, MKL, ATen, OpenMP, CUDA's libraries, the loader and .NET's compiler choose among their kernels, or bring others. A variable too many only
    /// means that something is looked at twice.
    /// </summary>
    private static readonly string[] Prefixes =
    [
        "ONEDNN_", "DNNL_", "MKL_", "MKLDNN_", "ATEN_", "TORCH_", "PYTORCH_", "OMP_", "KMP_", "GOMP_", "CUDA_", "CUDNN_", "CUBLAS_", "NVIDIA_", "LD_",
        "DOTNET_Enable", "COMPlus_Enable", "DOTNET_PreferredVectorBitWidth", "DOTNET_MaxVectorTBitWidth",
    ];

    /// <summary>One text a fact, in a fixed order.</summary>
    /// <param name="device">Where it runs.</param>
    public static IEnumerable<string> Facts(Device device)
    {
        yield return CpuFeatures.Name();
        yield return string.Join(',', CpuFeatures.Find());
        yield return $"{torch.__version__} {typeof(torch).Assembly.ManifestModule.ModuleVersionId}";
        yield return RuntimeInformation.FrameworkDescription;
        foreach (string? library in (string?[])[NativeFiles.LibTorch, NativeFiles.TorchSharp, NativeFiles.LibTorchCuda])
        {
            yield return Identity(library);
        }

        yield return FormattableString.Invariant($"{torch.get_num_threads()} {device} {LibTorchExports.ConvolutionPrecision(device.type)} {LibTorchExports.ProductPrecision(device.type)}");
        foreach (string variable in Variables())
        {
            yield return variable;
        }
    }

    /// <summary>
    /// Whether convolutions or matrix products of float32 may run in TensorFloat32, whose mantissa has 10 bits: results then differ by up to some thousandths between right kernels.
    /// </summary>
    public static bool UsesTensorFloat32(DeviceType device) =>
        device == DeviceType.CUDA && (LibTorchExports.ConvolutionPrecision(device) == LibTorchExports.TensorFloat32 || LibTorchExports.ProductPrecision(device) == LibTorchExports.TensorFloat32);

    private static IEnumerable<string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(variable => (Name: (string)variable.Key, variable.Value))
        .Where(variable => Prefixes.Any(prefix => variable.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(variable => variable.Name, StringComparer.Ordinal).Select(variable => $"{variable.Name}={variable.Value}");

    /// <summary>Builds of one version differ in what they were linked with; size and time tell them apart without reading hundreds of megabytes.</summary>
    private static string Identity(string? library)
    {
        var file = library is null ? null : new FileInfo(library);
        return file is not { Exists: true } ? "none" : FormattableString.Invariant($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
    }
}
