using ResNet.Graph;
using ResNet.Layers;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace ResNet.Compilation;

/// <summary>
/// Runs a graph on torch's own operations, in place wherever nobody else needs the map: the way on machines without the fused kernels, and on CUDA, where maps
/// lie channels last. It also shows the result of every node, to find out where another engine is wrong.
/// </summary>
internal sealed class TorchEngine : InferenceEngine
{
    private readonly NetworkGraph _graph;
    private readonly Device _device;
    private readonly torch.ScalarType _type;
    private readonly bool _channelsLast;
    private readonly int[] _useCounts;
    private readonly (Tensor? First, Tensor? Second)[] _numbers;
    private readonly ReaderWriterLockSlim _lock = new();
    private bool _disposed;

    /// <param name="graph">The graph, folded or not.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="type">The type of weights and maps.</param>
    public TorchEngine(NetworkGraph graph, Device device, torch.ScalarType type)
    {
        _graph = graph;
        _device = device;
        _type = type;
        _channelsLast = device.type != DeviceType.CPU || !MemoryLayout.IsSafeInPlanes(graph.Options);
        _useCounts = new int[graph.Nodes.Count];
        foreach (int input in graph.Nodes.SelectMany(node => node.Inputs))
        {
            _useCounts[input]++;
        }

        using var none = torch.no_grad();
        _numbers = [.. graph.Nodes.Select(Numbers)];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor images) => Forward(images, look: null);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<float> images, int count, int height, int width, Span<float> logits)
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.tensor(images.ToArray(), [count, images.Length / count / height / width, height, width], dtype: torch.float32, device: torch.CPU);
        Forward(input, look: null).cpu().data<float>().ToArray().CopyTo(logits);
    }

    /// <summary>The same; somebody looks at every node's result before it may be changed or disposed.</summary>
    public Tensor Forward(Tensor images, Action<int, Tensor>? look)
    {
        _lock.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(CompiledResNet));
            using var inference = torch.inference_mode();
            using var scope = torch.NewDisposeScope();
            var values = new Tensor?[_graph.Nodes.Count];
            var left = (int[])_useCounts.Clone();
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Compute(i, images, values);
                look?.Invoke(i, values[i]!);
                foreach (int input in _graph.Nodes[i].Inputs.Where(input => --left[input] == 0 && !ReferenceEquals(values[input], values[i])))
                {
                    values[input]!.Dispose();
                }
            }

            return values[^1]!.to(torch.ScalarType.Float32).MoveToOuterDisposeScope();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _lock.EnterWriteLock();
        try
        {
            _disposed = true;
            foreach (var (first, second) in _numbers)
            {
                first?.Dispose();
                second?.Dispose();
            }
        }
        finally
        {
            _lock.ExitWriteLock();
        }
    }

    private Tensor Compute(int index, Tensor images, Tensor?[] values)
    {
        var (first, second) = _numbers[index];
        var node = _graph.Nodes[index];
        var input = node.Inputs.Count == 0 ? images : values[node.Inputs[0]]!;
        bool inPlace = node.Inputs.Count > 0 && _useCounts[node.Inputs[0]] == 1;
        switch (node)
        {
            case InputNode:
                var moved = images.to(_type, _device);
                return _channelsLast ? MemoryLayout.ChannelsLast(moved) : moved.alias();
            case ConvolutionNode { KernelSize: 1 } pointwise:
                return PointwiseConvolution.Apply(Convolutions.Subsample(input, pointwise.Stride), first!, second);
            case ConvolutionNode convolution:
                return functional.conv2d(
                    input, first!, second, [convolution.Stride, convolution.Stride], [convolution.Padding, convolution.Padding], groups: convolution.Groups);
            case NormalizationNode normalization:
                return Normalize(input, normalization);
            case ScaleNode:
                return input.mul(first!).add_(second!);
            case ReluNode:
                return inPlace ? input.relu_() : input.relu();
            case AddNode add:
                return inPlace ? input.add_(values[add.Shortcut]!) : input.add(values[add.Shortcut]!);
            case ZeroPadNode pad:
                return functional.pad(
                    Convolutions.Subsample(input, pad.Stride), [0, 0, 0, 0, pad.Offset, pad.OutChannels - pad.InChannels - pad.Offset]);
            case MaxPoolNode pool:
                return functional.max_pool2d(input, pool.KernelSize, pool.Stride, pool.Padding);
            case GlobalAveragePoolNode:
                return input.mean([2, 3]);
            case LinearNode:
                return functional.linear(input, first!, second);
            default:
                throw new NotSupportedException($"There is no operation for {node.Name} ({node.GetType().Name}).");
        }
    }

    private Tensor Normalize(Tensor input, NormalizationNode node)
    {
        using var scope = torch.NewDisposeScope();
        return functional.batch_norm(
            input, Own(node.Mean), Own(node.Variance), Own(node.Gamma), Own(node.Beta), training: false, eps: node.Epsilon).MoveToOuterDisposeScope();
    }

    private (Tensor? First, Tensor? Second) Numbers(GraphNode node) => node switch
    {
        ConvolutionNode convolution => (
            Keep(convolution.Weights.ToArray(), convolution.OutChannels, convolution.InChannels / convolution.Groups, convolution.KernelSize, convolution.KernelSize),
            convolution.Bias is null ? null : Keep(convolution.Bias, convolution.OutChannels)),
        LinearNode linear => (Keep(linear.Weights.ToArray(), linear.OutFeatures, linear.InFeatures), Keep(linear.Bias, linear.OutFeatures)),
        ScaleNode scale => (Keep(scale.Scale, scale.Scale.Length, 1, 1), Keep(scale.Shift, scale.Shift.Length, 1, 1)),
        _ => (null, null),
    };

    private Tensor Keep(float[] values, params long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var kept = torch.tensor(values, shape, dtype: torch.float32, device: torch.CPU).to(_type, _device);
        return (kept.dim() == 4 && _channelsLast && shape[^1] > 1 ? MemoryLayout.ChannelsLast(kept) : kept).DetachFromDisposeScope();
    }

    private Tensor Own(float[] values) => torch.tensor(values, dtype: torch.float32, device: torch.CPU).to(_type, _device);
}
