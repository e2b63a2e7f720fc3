using ResNet.Graph;

namespace ResNet.Compilation;

/// <summary>
/// Turns a folded graph into operations: each convolution takes the addition and the ReLU that follow it with it. A block's last convolution waits until its
/// shortcut is there.
/// </summary>
internal sealed class NetworkFuser
{
    private const int MinWinogradChannels = 16;

    private readonly NetworkGraph _graph;
    private readonly MapFormat _floating;
    private readonly IReadOnlyDictionary<int, float>? _steps;
    private readonly ILookup<int, int> _users;
    private readonly Dictionary<int, int> _results = [];
    private readonly List<FusedOperation> _operations = [];
    private readonly WeightMemory _memory = new();

    private NetworkFuser(NetworkGraph graph, NumberKind kind, IReadOnlyDictionary<int, float>? steps)
    {
        _graph = graph;
        _floating = new MapFormat(kind);
        _steps = steps;
        _users = graph.Nodes.SelectMany((node, index) => node.Inputs.Select(input => (input, index))).ToLookup(pair => pair.input, pair => pair.index);
    }

    /// <param name="folded">The graph, folded.</param>
    /// <param name="kind">How maps and weights shall be stored; with <paramref name="steps"/>, those that are not bytes.</param>
    /// <param name="steps">For maps of bytes: what a step of each ReLU's result is worth, by its node. Null for none.</param>
    /// <param name="cancellationToken">Packing the weights of a large network takes a while.</param>
    /// <exception cref="NotSupportedException">The graph has a step that no operation covers.</exception>
    public static FusedNetwork Fuse(
        NetworkGraph folded, NumberKind kind, IReadOnlyDictionary<int, float>? steps = null, CancellationToken cancellationToken = default)
    {
        var fuser = new NetworkFuser(folded, kind, steps);
        try
        {
            for (int i = 0; i < folded.Nodes.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                fuser.Add(i);
            }
        }
        catch
        {
            new FusedNetwork(fuser._operations, fuser._memory).Dispose();
            throw;
        }

        return new FusedNetwork(fuser._operations, fuser._memory);
    }

    private void Add(int index)
    {
        switch (_graph.Nodes[index])
        {
            case InputNode node:
                int border = _users[index].Select(user => _graph.Nodes[user]).OfType<ConvolutionNode>().Single().Padding;
                Emit(index, new PictureOperation(index, node.Name, node.Channels, _floating, border));
                break;
            case ConvolutionNode node when !WaitsForShortcut(index):
                Convolve(index, node, shortcut: null);
                break;
            case AddNode node when _graph.Nodes[node.Branch] is ConvolutionNode convolution && WaitsForShortcut(node.Branch):
                Convolve(index, convolution, node.Shortcut);
                break;
            case ScaleNode node when _steps is not null:
                throw new NotSupportedException($"{node.Name} has no form for bytes.");
            case ScaleNode node:
                int scaled = Activation(index) ?? index;
                Emit(index, new ScaleOperation(scaled, node.Name, _results[node.Input], _floating, scaled != index, new ChannelScale(node.Scale, node.Shift)));
                break;
            case ZeroPadNode node:
                Emit(index, new ZeroPadOperation(index, node.Name, _results[node.Input], node.Stride, node.OutChannels, Format(node.Input), node.Offset));
                break;
            case MaxPoolNode node when _graph.Nodes[node.Input] is ReluNode:
                Emit(index, new PoolOperation(index, node.Name, _results[node.Input], Channels(node.Input), Format(node.Input), node.KernelSize, node.Stride, node.Padding));
                break;
            case GlobalAveragePoolNode node:
                Emit(index, new PoolOperation(index, node.Name, _results[node.Input], Channels(node.Input), _floating, KernelSize: null, Stride: 1, Padding: 0));
                break;
            case LinearNode node:
                var last = new MapFormat(NumberKind.Float32);
                var weights = new ConvolutionWeights(_floating, last, node.InFeatures, node.OutFeatures, kernelSize: 1, groups: 1, node.Weights, node.Bias, _memory);
                Emit(index, new ConvolutionOperation(
                    index, node.Name, _results[node.Input], Shortcut: null, KernelSize: 1, Stride: 1, Padding: 0, Relu: false, last, weights));
                break;
            case ConvolutionNode:
                break;
            case ReluNode when _results.ContainsKey(index):
                break;
            default:
                throw new NotSupportedException($"The engine has no operation for {_graph.Nodes[index].Name} ({_graph.Nodes[index].GetType().Name}).");
        }
    }

    /// <param name="index">The node that the result takes the place of, if no ReLU follows: the convolution or the addition.</param>
    /// <param name="node">The convolution.</param>
    /// <param name="shortcut">The node that is added.</param>
    private void Convolve(int index, ConvolutionNode node, int? shortcut)
    {
        int result = Activation(index) ?? index;
        int? added = shortcut is { } map ? _results[map] : null;
        if (Winograd(node) is { } form)
        {
            var transformed = new WinogradWeights(form, _floating.Kind, node.InChannels, node.OutChannels, node.Weights, node.Bias, _memory);
            Emit(index, new WinogradOperation(result, node.Name, _results[node.Input], added, node.Padding, result != index, _floating.Kind, transformed));
            return;
        }

        var format = _steps is not null && result != index ? new MapFormat(NumberKind.Int8, _steps[result]) : _floating;

        // The pictures have their padding already.
        int padding = _graph.Nodes[node.Input] is InputNode ? 0 : node.Padding;
        var weights = new ConvolutionWeights(Format(node.Input), format, node.InChannels, node.OutChannels, node.KernelSize, node.Groups, node.Weights, node.Bias, _memory);
        Emit(index, new ConvolutionOperation(
            result, node.Name, _results[node.Input], added, node.KernelSize, node.Stride, padding, result != index, format, weights));
    }

    /// <summary>
    /// Which of Winograd's forms computes a convolution faster than its definition does; null for none. The wider it is, the more its transformed weights
    /// exceed the caches. To 128 channels, tiles of 4×4 in float32 are faster than what bfloat16's twice as fast instructions make of the definition.
    /// </summary>
    private WinogradForm? Winograd(ConvolutionNode node)
    {
        bool fits = _steps is null && node is { KernelSize: 3, Stride: 1, Groups: 1, InChannels: >= MinWinogradChannels }
            && node.InChannels % Tiles.VectorColumns == 0 && node.OutChannels % Tiles.VectorColumns == 0;
        return !fits ? null : node.InChannels switch
        {
            <= 128 => new WinogradFour(),
            <= 256 => new WinogradTwo(),
            <= 512 when _floating.Kind == NumberKind.BFloat16 => new WinogradTwo(),
            _ => null,
        };
    }

    /// <summary>The ReLU that is the only user of a node; null if there is none.</summary>
    private int? Activation(int index) =>
        _users[index].Take(2).ToArray() is [var user] && _graph.Nodes[user] is ReluNode ? user : null;

    private bool WaitsForShortcut(int index) =>
        _users[index].Take(2).ToArray() is [var user] && _graph.Nodes[user] is AddNode add && add.Branch == index && add.Shortcut != index;

    private MapFormat Format(int node) => _operations[_results[node]].Format;

    private int Channels(int node) => _operations[_results[node]].Channels;

    private void Emit(int index, FusedOperation operation)
    {
        _results[index] = _operations.Count;
        _results[operation.Node] = _operations.Count;
        _operations.Add(operation);
    }
}
