using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResNet.Graph;

namespace ResNet.Compilation;

/// <summary>
/// A copy of a network in which every layer matters to the logits. Where weights are zero, as the last scale of every branch is before training begins with
/// <see cref="ResNetOptions.ZeroInitResidual"/>, the kernels may compute anything without a difference that a comparison could see; in another network of the same shape they would be wrong.
/// </summary>
internal static class SensitiveGraph
{
    /// <summary>Outputs that a kernel computes together: where all of a group are weak, nothing shows whether it is right.</summary>
    private const int GroupSize = 16;

    /// <summary>Length of the weights of an output, on average over a group, below which they are weak. Fresh and trained layers have 0.5 to 2.</summary>
    private const double WeakLength = 0.1;

    /// <summary>Length of the weights that take their place: enough to show, and small enough that maps do not overflow over hundreds of blocks.</summary>
    private const double NewLength = 0.5;

    private const int Seed = 20_160_516;

    /// <summary>Replaces weak weights.</summary>
    /// <param name="folded">The network, folded; it stays as it is.</param>
    /// <returns>The copy, which shares all other weights; null where none are weak.</returns>
    public static NetworkGraph? Of(NetworkGraph folded)
    {
        var nodes = folded.Nodes.Select(node => node switch
        {
            ConvolutionNode convolution => Redrawn(convolution.Weights, convolution.OutChannels) is { } weights ? convolution with { Weights = weights } : node,
            LinearNode linear => Redrawn(linear.Weights, linear.OutFeatures) is { } weights ? linear with { Weights = weights } : node,
            ScaleNode scale when scale.Scale.All(factor => Math.Abs(factor) < WeakLength) => scale with { Scale = [.. scale.Scale.Select(_ => (float)NewLength)] },
            _ => node,
        }).ToList();
        return nodes.SequenceEqual(folded.Nodes, ReferenceEqualityComparer.Instance) ? null : new NetworkGraph(folded.Options, nodes);
    }

    private static LayerWeights? Redrawn(LayerWeights weights, int outputCount)
    {
        int size = weights.Count / outputCount;
        float[] row = new float[size];
        float[]? changed = null;
        for (int first = 0; first < outputCount; first += GroupSize)
        {
            int end = Math.Min(first + GroupSize, outputCount);
            double squares = 0;
            for (int output = first; output < end; output++)
            {
                weights.Read(output, row);
                squares += SumOfSquares(row);
            }

            if (squares < WeakLength * WeakLength * (end - first))
            {
                changed ??= [.. weights.ToArray()];
                Draw(changed.AsSpan(first * size, (end - first) * size), size);
            }
        }

        return changed is null ? null : (LayerWeights)changed;
    }

    // Millions of numbers, once: there is no time to find out that it is worth compiling well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumOfSquares(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var sums = Vector<float>.Zero;
        foreach (var vector in vectors)
        {
            sums += vector * vector;
        }

        float sum = Vector.Sum(sums);
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            sum += value * value;
        }

        return sum;
    }

    /// <summary>Evenly in an interval whose variance gives an output's weights their length.</summary>
    private static void Draw(Span<float> weights, int size)
    {
        double bound = NewLength * Math.Sqrt(3.0 / size);
        var random = new Random(Seed);
        foreach (ref float weight in weights)
        {
            weight = (float)(((2 * random.NextDouble()) - 1) * bound);
        }
    }
}
