using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResNet.Compilation.Kernels;

namespace ResNet.Compilation.Steps;

/// <summary>
/// Packed weights and biases of a convolution, shared by the plans of all sizes. Groups narrower than a block are merged, with zeros between them: multiplying
/// zeros is cheaper than products too small for the kernels.
/// </summary>
internal sealed unsafe class ConvolutionWeights : IDisposable
{
    private readonly List<WeightPacking> _packed = [];

    /// <param name="kind">How the numbers of the input map are stored.</param>
    /// <param name="inChannels">Channels of the input map.</param>
    /// <param name="outChannels">Channels of the result.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="weights">Outputs × inputs of a group × kernel × kernel.</param>
    /// <param name="bias">One number an output; null for zeros.</param>
    public ConvolutionWeights(NumberKind kind, int inChannels, int outChannels, int kernelSize, int groups, float[] weights, float[]? bias)
    {
        OutChannels = outChannels;
        int inner = inChannels / groups, outer = outChannels / groups, area = kernelSize * kernelSize;
        int merged = MergedGroups(groups, outer);
        GroupCount = groups / merged;
        GroupChannels = inner * merged;
        int columns = outer * merged;
        var blocks = new List<WeightBlock>();
        int biasCount = 0;
        for (int group = 0; group < GroupCount; group++)
        {
            int firstOutput = group * columns;
            var packed = WeightPacking.Pack(kind, area * GroupChannels, columns, (column, numbers) =>
            {
                // The rest stays zero: channels of the groups merged with this one.
                numbers.Clear();
                Transpose(weights.AsSpan((firstOutput + column) * inner * area, inner * area), area, numbers[(column / outer * inner)..], GroupChannels);
            });
            _packed.Add(packed);
            Depth = packed.Depth;
            for (int first = 0; first < columns; first += Tiles.Columns)
            {
                int width = WeightPacking.Width(columns, first);
                blocks.Add(new WeightBlock(
                    group, firstOutput + first, Math.Min(Tiles.Columns, columns - first), width, biasCount, (nint)packed.Block(first, kind.Size())));
                biasCount += width;
            }
        }

        Blocks = [.. blocks];
        Size = _packed.Sum(packed => packed.Size);
        Bias = (float*)NativeMemory.AlignedAlloc((nuint)(biasCount * sizeof(float)), Tiles.Alignment);
        NativeMemory.Clear(Bias, (nuint)(biasCount * sizeof(float)));
        if (bias is not null)
        {
            foreach (var block in Blocks)
            {
                bias.AsSpan(block.FirstColumn, block.Columns).CopyTo(new Span<float>(Bias + block.BiasOffset, block.Columns));
            }
        }
    }

    public int OutChannels { get; }

    /// <summary>Groups after merging.</summary>
    public int GroupCount { get; }

    /// <summary>Input channels of a merged group.</summary>
    public int GroupChannels { get; }

    /// <summary>Length of a row of the product, padded.</summary>
    public int Depth { get; }

    /// <summary>Bytes of the packed weights.</summary>
    public long Size { get; }

    public WeightBlock[] Blocks { get; }

    public float* Bias { get; }

    public void Dispose()
    {
        _packed.ForEach(packed => packed.Dispose());
        NativeMemory.AlignedFree(Bias);
    }

    /// <summary>From channel by channel to tap by tap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(ReadOnlySpan<float> kernel, int area, Span<float> target, int stride)
    {
        int channels = kernel.Length / area;
        for (int tap = 0; tap < area; tap++)
        {
            var line = target.Slice(tap * stride, channels);
            for (int channel = 0; channel < channels; channel++)
            {
                line[channel] = kernel[(channel * area) + tap];
            }
        }
    }

    private static int MergedGroups(int groups, int outer)
    {
        int merged = 1;
        while (outer * merged < Tiles.Columns && groups % (merged * 2) == 0)
        {
            merged *= 2;
        }

        return merged;
    }
}
