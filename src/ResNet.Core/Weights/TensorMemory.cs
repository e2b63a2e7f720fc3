using TorchSharp;

namespace ResNet.Weights;

/// <summary>Raw access to the values of a tensor.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>Whether the values lie in this process's memory one after the other, so that bytes can be copied.</summary>
    public static bool IsPlain(Tensor tensor) => tensor.device_type == DeviceType.CPU && tensor.is_contiguous();

    public static long ByteCount(Tensor tensor) => checked(tensor.numel() * tensor.ElementSize);

    /// <summary>Address of the first value of a plain tensor that is not empty; valid while the tensor lives.</summary>
    public static byte* Address(Tensor tensor)
    {
        // TorchSharp's span holds at most 2 GiB; one element of it is enough to learn the address.
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        fixed (byte* address = first.bytes)
        {
            return address;
        }
    }
}
