using ResNet.Graph;
using ResNet.Onnx.Protos;
using ResNet.Weights;

namespace ResNet.Onnx;

/// <summary>The graph with everything around it: versions, input, output, metadata.</summary>
internal static class OnnxModel
{
    public static ModelProto Create(NetworkGraph network, OnnxExportOptions options)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion(options.OpsetVersion),
            ProducerName = options.ProducerName,
            ProducerVersion = typeof(OnnxModel).Assembly.GetName().Version!.ToString(3),
            Graph = new GraphWriter(network, options).Write(),
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = options.OpsetVersion });
        model.Graph.Input.Add(Input(network.Options, options));
        model.Graph.Output.Add(Value(options.WrittenOutputName, Side(options.BatchSize, "batch"), Side(network.Options.ClassCount)));
        foreach ((string key, string value) in Metadata(network.Options, options))
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        }

        return model;
    }

    private static ValueInfoProto Input(ResNetOptions network, OnnxExportOptions options)
    {
        var input = Value(
            options.InputName,
            Side(options.BatchSize, "batch"),
            Side(network.InputChannels),
            Side(options.InputHeight, "height"),
            Side(options.InputWidth, "width"));
        input.DocString = options.IncludeNormalization ? "RGB from 0 to 255, not normalised" : "normalised as the weights expect";
        return input;
    }

    /// <summary>The description is that of our weights files; two keys more say what only a model of this kind has.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Metadata(ResNetOptions network, OnnxExportOptions options)
    {
        var description = new ModelDescription { Options = network, Preprocessing = options.Preprocessing, Labels = options.Labels };
        return DescriptionMetadata.ToMetadata(description)
            .Append(new("resnet.input", options.IncludeNormalization ? "rgb255" : "normalized"))
            .Append(new("resnet.output", options.Softmax ? "probabilities" : "logits"))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);
    }

    /// <summary>The version of the file format that came with an operator set, so that a runtime which knows the one knows the other.</summary>
    private static int IrVersion(int opset) => opset switch { < 15 => 7, < 19 => 8, < 21 => 9, _ => 10 };

    private static ValueInfoProto Value(string name, params TensorShapeProto.Types.Dimension[] shape)
    {
        var sides = new TensorShapeProto();
        sides.Dim.AddRange(shape);
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float32, Shape = sides } },
        };
    }

    private static TensorShapeProto.Types.Dimension Side(int? size, string name = "") =>
        size is { } value ? new() { DimValue = value } : new() { DimParam = name };
}
