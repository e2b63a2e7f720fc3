using ResNet.Onnx.Protos;
using Kind = ResNet.Onnx.Protos.AttributeProto.Types.AttributeType;

namespace ResNet.Onnx;

/// <summary>Attributes of operators.</summary>
internal static class Attributes
{
    public static AttributeProto Of(string name, long value) => new() { Name = name, I = value, Type = Kind.Int };

    public static AttributeProto Of(string name, float value) => new() { Name = name, F = value, Type = Kind.Float };

    /// <summary>A square window that moves over a map.</summary>
    public static AttributeProto[] Window(int size, int stride, int padding) =>
        [Of("kernel_shape", [size, size]), Of("strides", [stride, stride]), Of("pads", [padding, padding, padding, padding])];

    private static AttributeProto Of(string name, long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = Kind.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }
}
