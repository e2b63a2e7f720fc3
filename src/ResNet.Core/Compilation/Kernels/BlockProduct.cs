using ResNet.Runtime;

namespace ResNet.Compilation;

/// <summary>
/// oneDNN's kernels for products of small matrices, as libtorch exports them: C = A·B, with B packed as <see cref="WeightPacking"/> does it. They are
/// compiled for the processor at the first call of each shape, once for each thread. Everything around them - which rows, which weights, what
/// happens to the sums - is ours, so that a convolution and what follows it touch memory once.
/// </summary>
internal static unsafe class BlockProduct
{
    private static readonly string[] LimitingVariables = ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"];

    /// <summary>
    /// Whether the kernels are there, and are compiled ones on this processor. Where oneDNN may not use what the processor has, asking for those of the lower
    /// precisions would end the process.
    /// </summary>
    public static bool Has(NumberKind kind) => LibTorchExports.TryFind(Name(kind), out _) && kind switch
    {
        NumberKind.Float32 => CpuFeatures.HasAvx2,
        NumberKind.BFloat16 => CpuFeatures.HasBFloat16 && !IsLimited,
        _ => CpuFeatures.HasVnni && !IsLimited,
    };

    /// <summary>Variables with which users keep oneDNN from newer instructions.</summary>
    private static bool IsLimited => LimitingVariables.Any(name =>
        ProcessTuning.NativeVariable(name) is { Length: > 0 } limit && !limit.Equals("ALL", StringComparison.OrdinalIgnoreCase) && !limit.Equals("DEFAULT", StringComparison.OrdinalIgnoreCase));

    /// <summary>The address of the kernel for numbers of this kind. It takes rows, columns, depth, the three row lengths, whether to add, A, B, C, whether B is packed.</summary>
    public static delegate* unmanaged<long, long, long, long, long, long, byte, void*, void*, void*, byte, void> Find(NumberKind kind) =>
        LibTorchExports.TryFind(Name(kind), out nint address)
            ? (delegate* unmanaged<long, long, long, long, long, long, byte, void*, void*, void*, byte, void>)address
            : throw new EntryPointNotFoundException(Name(kind));

    /// <summary>What the kernel's last argument is: only float32's B is not packed by more than blocks of columns.</summary>
    public static byte IsPacked(NumberKind kind) => kind == NumberKind.Float32 ? (byte)0 : (byte)1;

    private static string Name(NumberKind kind) => kind switch
    {
        NumberKind.Float32 => LibTorchExports.Float32Product,
        NumberKind.BFloat16 => LibTorchExports.BFloat16Product,
        _ => LibTorchExports.ByteProduct,
    };
}
