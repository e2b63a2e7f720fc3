namespace ResNet.Runtime;

/// <summary>What <see cref="TorchRuntime.Describe"/> found.</summary>
public sealed record TorchRuntimeInfo
{
    /// <summary>Name and version of the operating system.</summary>
    /// <value>Such as <c>Debian GNU/Linux 12 (bookworm)</c>.</value>
    public required string OperatingSystem { get; init; }

    /// <summary>The processor architecture of this process, as packages spell it.</summary>
    /// <value>Such as <c>linux-x64</c>.</value>
    public required string Platform { get; init; }

    /// <summary>Name and version of the .NET runtime.</summary>
    public required string Framework { get; init; }

    /// <summary>The version of glibc.</summary>
    /// <value>Null where the C library is another one.</value>
    public required Version? Glibc { get; init; }

    /// <summary>The highest GLIBCXX symbol version of libstdc++.</summary>
    /// <value>Null where there is no libstdc++.so.6. TorchSharp needs 3.4.32 as it is shipped, 3.4.30 once cured.</value>
    public required Version? Libstdcxx { get; init; }

    /// <summary>Whether TorchSharp's library was made loadable on an older libstdc++.</summary>
    public required LibstdcxxCure LibstdcxxCure { get; init; }

    /// <summary>The version of the managed half.</summary>
    public required string TorchSharpVersion { get; init; }

    /// <summary>The version of libtorch.</summary>
    /// <value>Null where it cannot be loaded.</value>
    public required string? LibTorchVersion { get; init; }

    /// <summary>The native half of torch.</summary>
    public required TorchBackEnd BackEnd { get; init; }

    /// <summary>The devices, each as <see cref="DeviceSelector"/> takes it, with its name.</summary>
    /// <value>Such as <c>cpu</c> → the processor's name, <c>cuda:0</c> → the GPU's. Empty where torch cannot be loaded.</value>
    public required IReadOnlyList<RuntimeFact> Devices { get; init; }

    /// <summary>How many threads one operation uses.</summary>
    /// <value>Null where torch cannot be loaded.</value>
    public required int? ThreadCount { get; init; }

    /// <summary>How much processor time the control group of this process (a container) may use, in processors.</summary>
    /// <value>Default: null, no such limit, or none that can be seen.</value>
    public double? ProcessorQuota { get; init; }

    /// <summary>The instruction sets that matter here and that the processor has.</summary>
    /// <value>Out of AVX2, FMA, AVX-512, AVX-512 VNNI, AVX-512 BF16, AMX BF16; AdvSIMD, Dot Product. The kernels of
    /// libtorch choose by them.</value>
    public required IReadOnlyList<string> CpuFeatures { get; init; }

    /// <summary>Whether bfloat16 autocast can be switched on (training at mixed precision on the CPU).</summary>
    public required bool HasBFloat16Autocast { get; init; }

    /// <summary>Whether the fused and packed kernels of libtorch can be reached (fast inference on the CPU).</summary>
    public required bool HasInferenceKernels { get; init; }

    /// <summary>Everything that keeps torch, or the CUDA that its back end has, from working here, each with what to do about it.</summary>
    /// <value>Empty: all is well.</value>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The whole as rows of a table, in a sensible order, without the problems.</summary>
    public IReadOnlyList<RuntimeFact> ToRows()
    {
        return RuntimeTable.Rows(this);
    }
}
