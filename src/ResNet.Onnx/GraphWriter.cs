using ResNet.Graph;
using ResNet.Onnx.Protos;

namespace ResNet.Onnx;

/// <summary>
/// Turns each step of a network into ONNX's operators, those that mean the same in all operator sets that are written. A value has the name of
/// the step that gives it.
/// </summary>
internal sealed class GraphWriter(NetworkGraph network, OnnxExportOptions options)
{
    private readonly GraphProto _graph = new() { Name = "resnet" };
    private readonly HashSet<string> _constants = new(StringComparer.Ordinal);

    public GraphProto Write()
    {
        var values = new List<string>();
        foreach (var node in network.Nodes)
        {
            values.Add(Add(node, [.. node.Inputs.Select(input => values[input])]));
        }

        if (options.Softmax)
        {
            Operator("Softmax", "softmax", options.WrittenOutputName, [values[^1]], Attributes.Of("axis", 1));
        }

        return _graph;
    }

    private string Add(GraphNode node, string[] inputs) => node switch
    {
        InputNode => Normalize(options.InputName),
        ConvolutionNode convolution => Convolve(convolution, inputs[0]),
        NormalizationNode normalization => Normalize(normalization, inputs[0]),
        ScaleNode scale => Scale(scale, inputs[0]),
        ReluNode => Operator("Relu", node.Name, node.Name, inputs),
        AddNode => Operator("Add", node.Name, node.Name, inputs),
        ZeroPadNode pad => ZeroPad(pad, inputs[0]),
        MaxPoolNode pool => Operator("MaxPool", node.Name, node.Name, inputs, Attributes.Window(pool.KernelSize, pool.Stride, pool.Padding)),
        GlobalAveragePoolNode => Pool(node.Name, inputs[0]),
        LinearNode linear => Classify(linear, inputs[0]),
        _ => throw new NotSupportedException($"{node.GetType().Name} has no counterpart in ONNX."),
    };

    /// <summary>The mean stays a step of its own: padding must be zero after it. The division goes into the first convolution where folding is wanted.</summary>
    private string Normalize(string input)
    {
        if (!options.IncludeNormalization)
        {
            return input;
        }

        var pixels = new PixelScaling(options);
        input = Operator("Sub", "normalize.mean", "normalize.mean", [input, Constant("normalize.mean.value", pixels.Mean, pixels.MeanShape)]);
        return options.FoldNormalization
            ? input
            : Operator("Mul", "normalize.scale", "normalize.scale", [input, Constant("normalize.scale.value", pixels.Scale, [1, 3, 1, 1])]);
    }

    private string Convolve(ConvolutionNode node, string input)
    {
        bool isFirst = network.Nodes[node.Input] is InputNode;
        float[] weights = isFirst && options is { IncludeNormalization: true, FoldNormalization: true }
            ? new PixelScaling(options).ScaleInputs(node.Weights.ToArray(), node.KernelSize * node.KernelSize)
            : node.Weights.ToArray();
        List<string> inputs = [input, Constant($"{node.Name}.weight", weights, [node.OutChannels, node.InChannels / node.Groups, node.KernelSize, node.KernelSize])];
        if (node.Bias is { } bias)
        {
            inputs.Add(Constant($"{node.Name}.bias", bias, [node.OutChannels]));
        }

        return Operator(
            "Conv", node.Name, node.Name, inputs, [.. Attributes.Window(node.KernelSize, node.Stride, node.Padding), Attributes.Of("group", node.Groups)]);
    }

    private string Normalize(NormalizationNode node, string input)
    {
        string[] inputs =
        [
            input,
            Constant($"{node.Name}.weight", node.Gamma, [node.Channels]),
            Constant($"{node.Name}.bias", node.Beta, [node.Channels]),
            Constant($"{node.Name}.running_mean", node.Mean, [node.Channels]),
            Constant($"{node.Name}.running_var", node.Variance, [node.Channels]),
        ];
        return Operator("BatchNormalization", node.Name, node.Name, inputs, Attributes.Of("epsilon", (float)node.Epsilon));
    }

    private string Scale(ScaleNode node, string input)
    {
        int[] shape = [1, node.Scale.Length, 1, 1];
        string scaled = Operator("Mul", $"{node.Name}.scale", $"{node.Name}.scale", [input, Constant($"{node.Name}.weight", node.Scale, shape)]);
        return Operator("Add", node.Name, node.Name, [scaled, Constant($"{node.Name}.bias", node.Shift, shape)]);
    }

    private string ZeroPad(ZeroPadNode node, string input)
    {
        if (node.Stride > 1)
        {
            string[] slice = [input, Constant("all.starts", [0, 0]), Constant("all.ends", [long.MaxValue, long.MaxValue]), Constant("all.axes", [2, 3]), Steps(node.Stride)];
            input = Operator("Slice", $"{node.Name}.slice", $"{node.Name}.slice", slice);
        }

        string pads = Constant($"{node.Name}.pads", [0, node.Offset, 0, 0, 0, node.OutChannels - node.InChannels - node.Offset, 0, 0]);
        return Operator("Pad", node.Name, node.Name, [input, pads]);
    }

    private string Steps(int stride) => Constant(Invariant($"by{stride}.steps"), [stride, stride]);

    private string Pool(string name, string input)
    {
        string pooled = Operator("GlobalAveragePool", $"{name}.pool", $"{name}.pool", [input]);
        return Operator("Flatten", name, name, [pooled], Attributes.Of("axis", 1));
    }

    private string Classify(LinearNode node, string input)
    {
        string output = options.Softmax ? node.Name : options.WrittenOutputName;
        string weights = Constant($"{node.Name}.weight", node.Weights.ToArray(), [node.OutFeatures, node.InFeatures]);
        return Operator("Gemm", node.Name, output, [input, weights, Constant($"{node.Name}.bias", node.Bias, [node.OutFeatures])], Attributes.Of("transB", 1));
    }

    private string Operator(string type, string name, string output, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = name };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
        return output;
    }

    private string Constant(string name, float[] values, int[] shape)
    {
        _graph.Initializer.Add(Constants.Of(name, values, shape));
        return name;
    }

    /// <summary>Several steps share one of the same name.</summary>
    private string Constant(string name, long[] values)
    {
        if (_constants.Add(name))
        {
            _graph.Initializer.Add(Constants.Of(name, values));
        }

        return name;
    }
}
