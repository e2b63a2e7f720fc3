using System.Numerics;
using System.Runtime.Intrinsics.X86;

namespace ResNet.Layers;

/// <summary>In which order the numbers of a map lie in memory, where the kernels make that matter.</summary>
internal static class MemoryLayout
{
    /// <summary>Channels that a vector of AVX-512 holds in float32.</summary>
    private const int VectorChannels = 16;

    /// <summary>Channels that a vector of AVX2 holds in float32.</summary>
    private const int ShortVectorChannels = 8;

    /// <summary>
    /// Whether a network's 3×3 convolutions are right on maps that lie in planes (NCHW). On CPUs with AVX-512, those of oneDNN 3.7 (libtorch 2.10) read
    /// uninitialised memory where the channels do not fill whole vectors (8 or 24 channels: NaN where that memory holds NaN), and compute gradients of
    /// stride 2 that are wrong by a quarter for 40 and 48 channels. Powers of two from 16 on, as in all networks of the paper, are right; so is every
    /// width channels last (NHWC). Without AVX-512, planes are right for whole vectors of 8,
    /// and the rest is right channels last; 72 channels last are wrong by a fifth.
    /// </summary>
    public static bool IsSafeInPlanes(ResNetOptions options) =>
        IsSafe(options.BaseWidth) && (options.Block == BlockKind.Basic || IsSafe(options.BottleneckWidth(options.BaseWidth)));

    /// <summary>The same map with its channels last in memory; its shape stays N×C×H×W. The caller disposes it.</summary>
    public static Tensor ChannelsLast(Tensor map)
    {
        using var pixels = map.permute(0, 2, 3, 1);
        using var contiguous = pixels.contiguous();
        return contiguous.permute(0, 3, 1, 2);
    }

    private static bool IsSafe(int channels) =>
        Avx512F.IsSupported ? channels >= VectorChannels && BitOperations.IsPow2(channels) : channels % ShortVectorChannels == 0;
}
