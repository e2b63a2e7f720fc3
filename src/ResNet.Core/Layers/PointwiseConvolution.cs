using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace ResNet.Layers;

/// <summary>
/// A 1×1 convolution with stride 1 and no bias; weight, initialisation and results are those of TorchSharp's <c>Conv2d</c>. Where the input lies
/// channels last it is computed as the matrix product that it is: oneDNN 3.7's own channels-last kernels for it are wrong, or end the
/// process, on machines that hide their cache sizes. The output lies in memory as the input does.
/// </summary>
internal sealed class PointwiseConvolution : Convolution
{
    /// <summary>Creates the layer with fresh weights, as <c>Conv2d</c> draws them.</summary>
    public PointwiseConvolution(int inChannels, int outChannels)
        : base(
            nameof(Conv2d), inChannels, outChannels, kernel_size: [1, 1], stride: [1, 1], padding: [0, 0], padding_type: null, dilation: [1, 1],
            transposed: false, output_padding: [0, 0], groups: 1, bias: false, padding_mode: PaddingModes.Zeros, dtype: torch.float32, device: UndrawnLayers.Place)
    {
        _ = UndrawnLayers.WithRoom(this);
    }

    /// <summary>The same on weights from elsewhere.</summary>
    /// <param name="input">N×C×H×W.</param>
    /// <param name="weight">C'×C×1×1.</param>
    /// <param name="bias">One number for each of C', or null.</param>
    /// <returns>N×C'×H×W; the caller disposes it.</returns>
    public static Tensor Apply(Tensor input, Tensor weight, Tensor? bias)
    {
        // Neighbours in memory are channels: the layout, also of a subsampled view.
        if (input.stride(1) != 1)
        {
            return functional.conv2d(input, weight, bias);
        }

        using var pixels = input.permute(0, 2, 3, 1);
        using var matrix = weight.view(weight.shape[0], weight.shape[1]);
        using var product = functional.linear(pixels, matrix, bias);
        return product.permute(0, 3, 1, 2);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => Apply(input, weight!, bias: null);
}
