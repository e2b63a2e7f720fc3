using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Layers;

/// <summary>The convolutions that networks are made of. None has a bias: batch normalisation follows.</summary>
internal static class Convolutions
{
    /// <summary>ImageNet's stem: 7×7 with stride 2 and padding 3 halves the map (rounded up).</summary>
    public static Conv2d Seven(int inChannels, int outChannels) =>
        UndrawnLayers.WithRoom(Conv2d(inChannels, outChannels, kernel_size: 7, stride: 2, padding: 3, bias: false, dtype: torch.float32, device: UndrawnLayers.Place));

    /// <summary>3×3 with padding 1: the map keeps its size at stride 1 and halves (rounded up) at stride 2.</summary>
    public static Conv2d Three(int inChannels, int outChannels, int stride = 1, int groups = 1) =>
        UndrawnLayers.WithRoom(
            Conv2d(inChannels, outChannels, kernel_size: 3, stride: stride, padding: 1, groups: groups, bias: false, dtype: torch.float32, device: UndrawnLayers.Place));

    /// <summary>1×1, always with stride 1; where the network strides, the input is subsampled first (<see cref="Subsample"/>).</summary>
    public static PointwiseConvolution One(int inChannels, int outChannels) => new(inChannels, outChannels);

    /// <summary>The strides of a bottleneck's first 1×1 and of its 3×3 convolution.</summary>
    public static (int First, int Middle) Strides(int stride, StridePlacement placement) =>
        placement == StridePlacement.First1x1 ? (stride, 1) : (1, stride);

    /// <summary>
    /// Keeps every stride-th row and column. A 1×1 convolution after it equals a strided 1×1 convolution with the same weights,
    /// does less work, and avoids oneDNN 3.7's strided 1×1 backward kernels, which end the process on machines that hide their cache sizes.
    /// </summary>
    /// <returns>A view of <paramref name="x"/>, or <paramref name="x"/> itself at stride 1.</returns>
    public static Tensor Subsample(Tensor x, int stride)
    {
        return stride == 1
            ? x
            : x[torch.TensorIndex.Ellipsis, torch.TensorIndex.Slice(step: stride), torch.TensorIndex.Slice(step: stride)];
    }
}
