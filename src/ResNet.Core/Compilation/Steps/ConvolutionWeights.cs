using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResNet.Graph;

namespace ResNet.Compilation;

/// <summary>
/// Packed weights and biases of a convolution, shared by the plans of all sizes. Groups narrower than a block are merged, with zeros between them: multiplying
/// zeros is cheaper than products too small for the kernels.
/// </summary>
internal sealed unsafe class ConvolutionWeights : IDisposable
{
    private readonly List<WeightPacking> _packed = [];

    /// <param name="source">How the input map is stored.</param>
    /// <param name="result">How the result is stored: sums are counted in its steps.</param>
    /// <param name="inChannels">Channels of the input map.</param>
    /// <param name="outChannels">Channels of the result.</param>
    /// <param name="kernelSize">Height and width of the kernel.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="weights">Outputs × inputs of a group × kernel × kernel.</param>
    /// <param name="bias">One number an output; null for zeros.</param>
    /// <param name="memory">Where the packed weights go; it belongs to others.</param>
    public ConvolutionWeights(
        MapFormat source, MapFormat result, int inChannels, int outChannels, int kernelSize, int groups, LayerWeights weights, float[]? bias, WeightMemory memory)
    {
        OutChannels = outChannels;
        int inner = inChannels / groups, outer = outChannels / groups, area = kernelSize * kernelSize;
        int merged = MergedGroups(groups, outer);
        GroupCount = groups / merged;
        GroupChannels = inner * merged;
        int columns = outer * merged;
        float[] units = Units(source, result, weights, outChannels);
        var blocks = new List<WeightBlock>();
        int biasCount = 0;
        for (int group = 0; group < GroupCount; group++)
        {
            int firstOutput = group * columns;
            var packed = WeightPacking.Pack(source.Kind, area * GroupChannels, columns, (column, numbers) =>
            {
                // The rest stays zero: channels of the groups merged with this one.
                numbers.Clear();
                int output = firstOutput + column;
                float[] kernel = ArrayPool<float>.Shared.Rent(inner * area);
                var own = kernel.AsSpan(0, inner * area);
                weights.Read(output, own);
                Transpose(own, area, units[output], numbers[(column / outer * inner)..], GroupChannels);
                ArrayPool<float>.Shared.Return(kernel);
            }, memory);
            _packed.Add(packed);
            Depth = packed.Depth;
            for (int first = 0; first < columns; first += Tiles.Columns)
            {
                int width = WeightPacking.Width(columns, first);
                blocks.Add(new WeightBlock(
                    group, firstOutput + first, Math.Min(Tiles.Columns, columns - first), width, biasCount, (nint)packed.Block(first, source.Kind.Size())));
                biasCount += width;
            }
        }

        Blocks = [.. blocks];
        Size = _packed.Sum(packed => packed.Size);
        Bias = Zeros(biasCount);
        Scale = Zeros(biasCount);
        foreach (var block in Blocks)
        {
            for (int column = 0; column < block.Columns; column++)
            {
                int output = block.FirstColumn + column, index = block.BiasOffset + column;
                Bias[index] = bias is null ? 0 : bias[output] / result.Step;
                Scale[index] = units[output] * source.Step / result.Step;
            }
        }

        FiniteNumbers.UnifyNaNs(new Span<float>(Bias, biasCount));
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

    /// <summary>For each column of the blocks, in steps of the result.</summary>
    public float* Bias { get; }

    /// <summary>What 1 in the sums of each column is worth, in steps of the result; for integer sums.</summary>
    public float* Scale { get; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Bias);
        NativeMemory.AlignedFree(Scale);
    }

    /// <summary>
    /// What 1 in the packed weights of an output is worth: for bytes, so much that the largest weight of the output is 127; for others the step of the result, so
    /// that their sums count steps already.
    /// </summary>
    private static float[] Units(MapFormat source, MapFormat result, LayerWeights weights, int outputs)
    {
        float[] units = new float[outputs];
        if (!source.IsInt8)
        {
            units.AsSpan().Fill(result.Step);
            return units;
        }

        float[] kernel = new float[weights.Count / outputs];
        for (int output = 0; output < outputs; output++)
        {
            float largest = 0;
            weights.Read(output, kernel);
            foreach (float weight in kernel)
            {
                largest = Math.Max(largest, Math.Abs(weight));
            }

            units[output] = largest == 0 ? 1 : largest / sbyte.MaxValue;
        }

        return units;
    }

    private static float* Zeros(int count)
    {
        nuint size = (nuint)(count * sizeof(float));
        float* numbers = (float*)NativeMemory.AlignedAlloc(size, Tiles.Alignment);
        NativeMemory.Clear(numbers, size);
        return numbers;
    }

    /// <summary>From channel by channel to tap by tap, in units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(ReadOnlySpan<float> kernel, int area, float unit, Span<float> target, int stride)
    {
        int channels = kernel.Length / area;
        if (area == 1 && unit == 1)
        {
            kernel.CopyTo(target);
            return;
        }

        for (int tap = 0; tap < area; tap++)
        {
            var line = target.Slice(tap * stride, channels);
            for (int channel = 0; channel < channels; channel++)
            {
                line[channel] = kernel[(channel * area) + tap] / unit;
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
