using TorchSharp.Modules;
using Module = TorchSharp.torch.nn.Module;

namespace ResNet.Graph;

/// <summary>
/// Collects the steps of a network. It knows layers, not blocks: each block says what it adds, beside its forward. Every method adds one
/// node and returns its index. Numbers are copied to float32, wherever and in whatever type they are; weights may be borrowed.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly Dictionary<Module, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly List<GraphNode> _nodes = [];
    private readonly bool _borrows;

    /// <summary>Begins a graph.</summary>
    /// <param name="network">Names the layers: all those added must be within it.</param>
    /// <param name="borrows">Whether weights are not copied; see <see cref="LayerWeights.Borrow"/>.</param>
    public GraphBuilder(Module network, bool borrows)
    {
        _borrows = borrows;
        foreach ((string name, Module module) in network.named_modules())
        {
            _names[module] = name;
        }
    }

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    public int Input(string name, int channels) => Add(new InputNode(name, channels));

    /// <param name="input">The map.</param>
    /// <param name="layer">The convolution.</param>
    /// <param name="subsampling">For a 1×1 convolution whose input is subsampled before it: that is what its stride would do.</param>
    public int Convolve(int input, Convolution layer, int subsampling = 1) => Add(new ConvolutionNode(
        _names[layer], input, (int)layer.in_channels, (int)layer.out_channels, (int)layer.kernel_size[0], (int)layer.stride![0] * subsampling,
        (int)layer.padding![0], (int)layer.groups, Weights(layer.weight!), layer.bias is null ? null : Copy(layer.bias)));

    public int Normalize(int input, BatchNorm2d layer) => Add(new NormalizationNode(
        _names[layer], input, (int)layer.num_features, Copy(layer.weight!), Copy(layer.bias!), Copy(layer.running_mean!), Copy(layer.running_var!), layer.eps));

    public int Relu(int input) => Add(new ReluNode($"{_nodes[input].Name}.relu", input));

    /// <param name="block">Gives the sum its name.</param>
    /// <param name="branch">One summand.</param>
    /// <param name="shortcut">The other.</param>
    public int Add(Module block, int branch, int shortcut) => Add(new AddNode($"{_names[block]}.add", branch, shortcut));

    /// <param name="shortcut">Gives the node its name.</param>
    /// <param name="input">The map.</param>
    /// <param name="stride">Step in both directions.</param>
    /// <param name="inChannels">Channels of the map.</param>
    /// <param name="outChannels">Channels with the zeros.</param>
    /// <param name="offset">Where the map's channels begin.</param>
    public int ZeroPad(Module shortcut, int input, int stride, int inChannels, int outChannels, int offset) =>
        Add(new ZeroPadNode(_names[shortcut], input, stride, inChannels, outChannels, offset));

    public int MaxPool(int input, int kernelSize, int stride, int padding) => Add(new MaxPoolNode("maxpool", input, kernelSize, stride, padding));

    public int AveragePool(int input) => Add(new GlobalAveragePoolNode("avgpool", input));

    public int Classify(int input, Linear layer) => Add(new LinearNode(
        _names[layer], input, (int)layer.in_features, (int)layer.out_features, Weights(layer.weight!), Copy(layer.bias!)));

    private LayerWeights Weights(Tensor tensor) => _borrows ? LayerWeights.Borrow(tensor) : LayerWeights.CopyOf(tensor);

    private static float[] Copy(Tensor tensor) => LayerWeights.CopyOf(tensor).ToArray();

    private int Add(GraphNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }
}
