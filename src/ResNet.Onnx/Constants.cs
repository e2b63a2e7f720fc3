using System.Runtime.InteropServices;
using Google.Protobuf;
using ResNet.Onnx.Protos;

namespace ResNet.Onnx;

/// <summary>Tensors that a model holds.</summary>
internal static class Constants
{
    public static TensorProto Of(string name, float[] values, int[] shape) => Of(name, MemoryMarshal.AsBytes(values.AsSpan()), shape, TensorProto.Types.DataType.Float32);

    public static TensorProto Of(string name, long[] values) => Of(name, MemoryMarshal.AsBytes(values.AsSpan()), [values.Length], TensorProto.Types.DataType.Int64);

    private static TensorProto Of(string name, ReadOnlySpan<byte> bytes, int[] shape, TensorProto.Types.DataType type)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = UnsafeByteOperations.UnsafeWrap(bytes.ToArray()) };
        tensor.Dims.AddRange(shape.Select(side => (long)side));
        return tensor;
    }
}
