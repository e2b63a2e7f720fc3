using System.Buffers;
using System.Runtime.InteropServices;
using ResNet.Graph;

namespace ResNet.Compilation;

/// <summary>Transformed weights and biases of a 3×3 convolution, packed.</summary>
internal sealed unsafe class WinogradWeights : IDisposable
{
    private readonly WeightPacking _packed;

    /// <param name="form">The transformation.</param>
    /// <param name="map">How the input map is stored.</param>
    /// <param name="inChannels">Channels of the input map, a multiple of 16.</param>
    /// <param name="outChannels">Channels of the result, a multiple of 16.</param>
    /// <param name="weights">Outputs × inputs × 3 × 3.</param>
    /// <param name="bias">One number an output; null for zeros.</param>
    /// <param name="memory">Where the transformed weights go; it belongs to others.</param>
    public WinogradWeights(WinogradForm form, NumberKind map, int inChannels, int outChannels, LayerWeights weights, float[]? bias, WeightMemory memory)
    {
        Form = form;
        Kind = form.ProductKind(map);
        InChannels = inChannels;
        OutChannels = outChannels;
        _packed = WeightPacking.Pack(Kind, form.Products * inChannels, outChannels, (output, numbers) =>
        {
            float[] kernels = ArrayPool<float>.Shared.Rent(inChannels * 9);
            var own = kernels.AsSpan(0, inChannels * 9);
            weights.Read(output, own);
            form.TransformKernels(own, numbers);
            ArrayPool<float>.Shared.Return(kernels);
        }, memory);
        Bias = (float*)NativeMemory.AlignedAlloc((nuint)(outChannels * sizeof(float)), Tiles.Alignment);
        var biases = new Span<float>(Bias, outChannels);
        biases.Clear();
        bias?.CopyTo(biases);
        FiniteNumbers.UnifyNaNs(biases);
    }

    public WinogradForm Form { get; }

    /// <summary>How the weights and the transformed patches are stored.</summary>
    public NumberKind Kind { get; }

    public int InChannels { get; }

    public int OutChannels { get; }

    public float* Bias { get; }

    /// <summary>Bytes of the packed weights.</summary>
    public long Size => _packed.Size;

    /// <summary>Weights of a product for the block of output channels that begins at one.</summary>
    public byte* Block(int firstColumn, int product) =>
        _packed.Block(firstColumn, Kind.Size()) + ((long)product * InChannels * WeightPacking.Width(OutChannels, firstColumn) * Kind.Size());

    public void Dispose() => NativeMemory.AlignedFree(Bias);
}
